import Database
import JSON
import Roles
import Shapes
import Tenancy
import Vocabulary

extension Caller {
    /// The staff member as the clinic's rows have them now; nil when they are gone or no longer active.
    static func read(
        _ staffMember: ID<StaffMember>, session: ID<Session>, in clinic: TenantDatabase
    ) async throws -> Caller? {
        let rows = try await clinic.rows(
            """
            SELECT r.role, r.location_id, r.valid_until, o.slug, v.body
            FROM staff_member s
            LEFT JOIN staff_role r ON r.tenant_id = s.tenant_id AND r.staff_member_id = s.id
                AND (r.valid_until > now() OR r.valid_until IS NULL)
            LEFT JOIN own_role o ON o.tenant_id = r.tenant_id AND o.id = r.own_role_id AND o.retired_at IS NULL
            LEFT JOIN own_role_version v ON v.tenant_id = o.tenant_id AND v.own_role_id = o.id
                AND v.version = o.live_version
            WHERE s.tenant_id = \(clinic.tenant) AND s.id = \(staffMember) AND s.active
            ORDER BY r.given_at, r.id LIMIT 64
            """, as: GivenRole.self)
        guard !rows.isEmpty else { return nil }
        return Caller(staffMember, roles: rows.compactMap(\.role), session: session)
    }
}

/// A role that is none of ours, that was retired or cannot be read, or no role at all, gives nothing.
private struct GivenRole: FromRow {
    let role: Caller.HeldRole?

    init(_ row: inout Row) throws {
        let name = try row.next(String?.self)
        let location = try row.next(ID<Location>?.self)
        let until = try row.next(Instant?.self)
        let own = try row.next(String?.self).flatMap { Slug(text: $0) }
        let body = try row.next(JSONText?.self)
        if let own, let body {
            role = Caller.HeldRole(.own(own), Self.table(body), at: location, until: until)
        } else {
            role = name.flatMap(Role.init(rawValue:)).map { Caller.HeldRole($0, at: location, until: until) }
        }
    }

    private static func table(_ body: JSONText) -> RightTable {
        guard let json = try? JSON(parsing: body.bytes), let read = try? RoleDefinition(reading: json) else {
            return .nothing
        }
        return RightTable(read)
    }
}
