public import Database
import Identity
import Vocabulary

extension SupportAgents {
    static func insert(_ entry: Entry) -> SQL {
        """
        INSERT INTO support_agent (id, name, email, added_at)
        VALUES (\(entry.id), \(entry.name), \(entry.email), \(entry.addedAt))
        """
    }

    static let all: SQL = """
        SELECT a.id, a.name, a.email, a.added_at, a.removed_at, array(
            SELECT t.slug FROM support_grant g JOIN tenant t ON t.id = g.tenant_id
            WHERE g.agent_id = a.id AND g.ended_at IS NULL AND g.ends_at > now() AND a.removed_at IS NULL ORDER BY t.slug)
        FROM support_agent a ORDER BY a.removed_at IS NOT NULL, a.name, a.id LIMIT 10000
        """

    static func remove(_ email: String, at now: Instant) -> SQL {
        """
        UPDATE support_agent SET removed_at = \(now) WHERE email = \(email) AND removed_at IS NULL
        RETURNING id, name, email, added_at, removed_at, '{}'::text[]
        """
    }

    static func places(of agent: ID<SupportAgent>, at now: Instant) -> SQL {
        """
        SELECT tenant_id, id FROM support_grant WHERE agent_id = \(agent) AND ended_at IS NULL AND ends_at > \(now)
        ORDER BY tenant_id, id
        """
    }
}

/// Where somebody of the platform could come in.
struct OpenPlace: FromRow {
    let tenant: TenantID
    let grant: ID<SupportGrant>

    init(_ row: inout Row) throws { (tenant, grant) = (try row.next(), try row.next()) }
}

/// Somebody of the platform, as a clinic that lets them in finds them.
struct KnownAgent: FromRow {
    let id: ID<SupportAgent>
    let name: String

    init(_ row: inout Row) throws { (id, name) = (try row.next(), try row.next()) }

    static func having(_ email: String) -> SQL {
        "SELECT id, name FROM support_agent WHERE email = \(email) AND removed_at IS NULL"
    }
}

extension SupportAgents.Entry: FromRow {
    /// Reads a row of `all`.
    public init(_ row: inout Row) throws {
        (id, name, email) = (try row.next(), try row.next(), try row.next())
        (addedAt, removedAt, clinics) = (try row.next(), try row.next(), try row.next())
    }
}
