import Database
import Messaging
import Tenancy

extension LongestNames {
    private struct Found: FromRow {
        let practitioner: String
        let location: String

        init(_ row: inout Row) throws { (practitioner, location) = (try row.next(), try row.next()) }
    }

    /// The longest names that messages of the clinic can hold today.
    static func of(_ tenant: Tenant, in clinic: TenantDatabase) async throws -> LongestNames {
        let names: Found? = try await clinic.row(
            """
            SELECT coalesce((SELECT s.name FROM practitioner p
                    JOIN staff_member s ON s.tenant_id = p.tenant_id AND s.id = p.staff_member_id
                    WHERE p.tenant_id = \(tenant.id) AND p.active ORDER BY length(s.name) DESC, s.id LIMIT 1), ''),
                coalesce((SELECT name FROM location
                    WHERE tenant_id = \(tenant.id) AND active ORDER BY length(name) DESC, id LIMIT 1), '')
            """)
        return LongestNames(
            clinic: tenant.name, practitioner: names?.practitioner ?? "", location: names?.location ?? "")
    }
}
