import Access
public import Database
import Identity
import Roles
import Tenancy
import Vocabulary

extension RoleRequest.Stage: SQLValue {}

extension RoleRequest: FromRow {
    private static let columns: SQL = """
        q.id, q.staff_member_id, q.role, o.slug, q.location_id, q.valid_until, q.reason, q.stage, q.asked_at,
        q.decided_by, q.decided_at, q.answer
        """
    private static let tables: SQL = """
        role_request q LEFT JOIN own_role o ON o.tenant_id = q.tenant_id AND o.id = q.own_role_id
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, staff) = (try row.next(), try row.next())
        let house = try row.next(String.self)
        let own = try row.next(String?.self).flatMap { Slug(text: $0) }
        guard let name = own.map(RoleName.own) ?? RoleName(text: house) else {
            throw DatabaseError.unreadable(column: 2, type: 0, isNull: false)
        }
        role = name
        (location, until, reason) = (try row.next(), try row.next(), try row.next())
        (stage, askedAt) = (try row.next(), try row.next())
        (decidedBy, decidedAt, answer) = (try row.next(), try row.next(), try row.next())
    }

    /// The latest first, after the last one seen, as far as the reach goes.
    static func page(
        _ stage: Stage?, before last: ID<RoleRequest>?, limit: Int, within reach: LocationReach,
        in tenant: TenantID
    ) -> SQL {
        let only: SQL = if let stage { "AND q.stage = \(stage)" } else { "" }
        let after: SQL = if let last { "AND q.id < \(last)" } else { "" }
        return """
            SELECT \(columns) FROM \(tables) WHERE q.tenant_id = \(tenant) \(only) \(after) \(seen(within: reach))
            ORDER BY q.id DESC LIMIT \(limit)
            """
    }

    static func withID(_ id: ID<RoleRequest>, within reach: LocationReach, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM \(tables) WHERE q.tenant_id = \(tenant) AND q.id = \(id) \(seen(within: reach))
        FOR UPDATE OF q
        """
    }

    private static func seen(within reach: LocationReach) -> SQL {
        switch reach {
        case .everywhere: ""
        case .only(let locations): "AND q.location_id = ANY (\(locations.sorted()))"
        }
    }

    /// False when as many of theirs wait as may.
    func insert(_ wanted: WantedRole, in clinic: borrowing Transaction) async throws -> Bool {
        let (tenant, name) = (clinic.tenant, role.house?.rawValue ?? "own")
        let asked = try await clinic.run(
            """
            INSERT INTO role_request (tenant_id, id, staff_member_id, role, own_role_id, location_id, valid_until,
                reason, asked_at)
            SELECT \(tenant), \(id), \(staff), \(name), \(wanted.own), \(location), \(until), \(reason), \(askedAt)
            WHERE (SELECT count(*) FROM role_request
                WHERE tenant_id = \(tenant) AND staff_member_id = \(staff) AND stage = 'asked') < \(Self.mostWaiting)
            """)
        return asked == 1
    }

    /// Nobody decides twice, and the table knows that nobody decides on their own.
    static func decide(
        _ id: ID<RoleRequest>, _ stage: Stage, by decider: UniqueID, answer: String?, at now: Instant,
        in clinic: borrowing Transaction
    ) async throws -> Bool {
        let decided = try await clinic.run(
            """
            UPDATE role_request SET stage = \(stage), decided_by = \(decider), decided_at = \(now), answer = \(answer)
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND stage = 'asked'
            """)
        return decided == 1
    }
}
