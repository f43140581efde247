import Database
import Tenancy
import Vocabulary

extension Caller {
    /// The staff member as the clinic's rows have them now; nil when they are gone or no longer active.
    static func read(
        _ staffMember: ID<StaffMember>, session: ID<Session>, in clinic: TenantDatabase
    ) async throws -> Caller? {
        let rows = try await clinic.rows(
            """
            SELECT r.role, r.location_id
            FROM staff_member s
            LEFT JOIN staff_role r ON r.tenant_id = s.tenant_id AND r.staff_member_id = s.id
            WHERE s.tenant_id = \(clinic.tenant) AND s.id = \(staffMember) AND s.active
            ORDER BY r.given_at, r.id LIMIT 64
            """, as: GivenRole.self)
        guard !rows.isEmpty else { return nil }
        return Caller(staffMember, roles: rows.compactMap(\.role), session: session)
    }
}

/// A role that is none of ours, or no role at all, gives nothing.
private struct GivenRole: FromRow {
    let role: Caller.HeldRole?

    init(_ row: inout Row) throws {
        let name = try row.next(String?.self)
        let location = try row.next(ID<Location>?.self)
        role = name.flatMap(Role.init(rawValue:)).map { Caller.HeldRole($0, at: location) }
    }
}
