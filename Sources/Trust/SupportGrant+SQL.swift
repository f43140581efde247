public import Database
import Identity
import Roles
import Vocabulary

extension SupportGrant: FromRow {
    private static let columns: SQL = """
        g.id, g.agent_id, a.name, g.given_by, g.areas, g.may_write, g.reason, g.began_at, g.ends_at, g.entered_at,
        g.ended_at, g.ended_by
        """
    private static let tables: SQL = "support_grant g JOIN support_agent a ON a.id = g.agent_id"
    private static let isOpen: SQL = "g.ended_at IS NULL AND a.removed_at IS NULL"

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, agent, agentName, givenBy) = (try row.next(), try row.next(), try row.next(), try row.next())
        areas = try row.next([String].self).compactMap(SupportArea.init(rawValue:))
        (mayWrite, reason) = (try row.next(), try row.next())
        (beganAt, endsAt) = (try row.next(), try row.next())
        (enteredAt, endedAt, endedBy) = (try row.next(), try row.next(), try row.next())
    }

    /// The latest first, after the last one seen; all of them, or those by which somebody could come in now.
    static func page(
        before last: ID<SupportGrant>?, onlyOpenAt now: Instant?, limit: Int, in tenant: TenantID
    ) -> SQL {
        let after: SQL = if let last { "AND g.id < \(last)" } else { "" }
        let open: SQL = if let now { "AND \(isOpen) AND g.ends_at > \(now)" } else { "" }
        return """
            SELECT \(columns) FROM \(tables) WHERE g.tenant_id = \(tenant) \(after) \(open)
            ORDER BY g.id DESC LIMIT \(limit)
            """
    }

    /// One of them; `forChange` keeps others from changing it until the transaction ends.
    static func withID(_ id: ID<SupportGrant>, forChange: Bool = false, in tenant: TenantID) -> SQL {
        let held: SQL = forChange ? "FOR UPDATE OF g" : ""
        return "SELECT \(columns) FROM \(tables) WHERE g.tenant_id = \(tenant) AND g.id = \(id) \(held)"
    }

    /// Those by which somebody of the platform could come in now; held until the transaction ends.
    static func open(for agent: ID<SupportAgent>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM \(tables) WHERE g.tenant_id = \(tenant) AND g.agent_id = \(agent)
            AND g.ended_at IS NULL AND g.ends_at > \(now) ORDER BY g.id FOR UPDATE OF g
        """
    }

    /// Whose time is over, and nobody has ended it.
    static func over(_ id: ID<SupportGrant>, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM \(tables) WHERE g.tenant_id = \(tenant) AND g.id = \(id)
            AND g.ended_at IS NULL AND g.ends_at <= now() FOR UPDATE OF g
        """
    }

    /// The moment at which it is asked; lines of the trail are sealed in the order in which they come.
    static let clock: SQL = "SELECT now()"

    /// The one by which they come in, if it is open still; held until the transaction ends, so that whoever
    /// ends it finds the sign-in.
    static func entering(_ id: ID<SupportGrant>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM \(tables) WHERE g.tenant_id = \(tenant) AND g.id = \(id)
            AND \(isOpen) AND g.ends_at > \(now) FOR UPDATE OF g
        """
    }

    func insert(in clinic: borrowing Transaction) {
        clinic.queue(
            """
            INSERT INTO support_grant (tenant_id, id, agent_id, given_by, areas, may_write, reason, began_at, ends_at)
            VALUES (\(clinic.tenant), \(id), \(agent), \(givenBy), \(areas.map(\.rawValue)), \(mayWrite), \(reason),
                \(beganAt), \(endsAt))
            """)
    }

    /// Writes down what has become of it.
    func save(in clinic: borrowing Transaction) {
        clinic.queue(
            """
            UPDATE support_grant SET ended_at = \(endedAt), ended_by = \(endedBy)
            WHERE tenant_id = \(clinic.tenant) AND id = \(id)
            """)
    }

    /// Writes down that they have come in.
    func saveEntering(in clinic: borrowing Transaction) {
        clinic.queue(
            """
            UPDATE support_grant SET entered_at = \(enteredAt) WHERE tenant_id = \(clinic.tenant) AND id = \(id)
            """)
    }
}
