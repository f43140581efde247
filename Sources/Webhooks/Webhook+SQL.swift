public import Database
import Vocabulary

extension Webhook: FromRow {
    private static let columns: SQL = """
        id, url, kinds, description, state, disabled_reason, disabled_at, failing_since, version, created_at
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, url, kinds) = (try row.next(), try row.next(), try row.next())
        (description, state) = (try row.next(), try row.next())
        (disabledReason, disabledAt) = (try row.next(), try row.next())
        (failingSince, version, createdAt) = (try row.next(), try row.next(), try row.next())
    }

    static func all(in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM webhook WHERE tenant_id = \(tenant) ORDER BY id"
    }

    static func withID(_ id: ID<Webhook>, in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM webhook WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// By which those who add webhooks to one clinic wait for each other.
    static func addingLock(of tenant: TenantID) -> Int64 {
        0x7765_6268_6F6F_6B00 ^ Int64(tenant.number)
    }

    /// No row when the clinic has as many as it may. Whoever asks holds `addingLock`.
    static func insert(
        _ id: ID<Webhook>, url: String, kinds: [WebhookEventKind], description: String, secret: [UInt8],
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO webhook (tenant_id, id, url, kinds, description, sealed_secret)
        SELECT \(tenant), \(id), \(url), \(kinds), \(description), \(secret)
        WHERE (SELECT count(*) FROM webhook WHERE tenant_id = \(tenant)) < \(most)
        RETURNING \(columns)
        """
    }

    /// What is nil stays as it is. Telling again begins with a clean sheet.
    static func change(_ id: ID<Webhook>, _ change: WebhookChange, in tenant: TenantID) -> SQL {
        """
        UPDATE webhook SET url = coalesce(\(change.url), url), kinds = coalesce(\(change.kinds), kinds),
            description = coalesce(\(change.description), description), version = version + 1,
            state = CASE \(change.enabled) WHEN true THEN 'enabled' WHEN false THEN 'disabled' ELSE state END,
            disabled_reason = CASE WHEN \(change.enabled) THEN NULL
                WHEN NOT \(change.enabled) AND state = 'enabled' THEN 'asked' ELSE disabled_reason END,
            disabled_at = CASE WHEN \(change.enabled) THEN NULL
                WHEN NOT \(change.enabled) AND state = 'enabled' THEN \(change.at) ELSE disabled_at END,
            failing_since = CASE WHEN \(change.enabled) THEN NULL ELSE failing_since END
        WHERE tenant_id = \(tenant) AND id = \(id) RETURNING \(columns)
        """
    }

    /// Nothing more is told; no row when nothing was told anyway.
    static func disable(
        _ id: ID<Webhook>, because reason: DisabledReason, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE webhook SET state = 'disabled', disabled_reason = \(reason), disabled_at = \(now),
            version = version + 1
        WHERE tenant_id = \(tenant) AND id = \(id) AND state = 'enabled' RETURNING \(columns)
        """
    }

    /// The old secret signs beside the new one until then.
    static func rotate(
        _ id: ID<Webhook>, to secret: [UInt8], until end: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE webhook SET sealed_secret = \(secret), sealed_secret_before = sealed_secret,
            before_until = \(end), version = version + 1
        WHERE tenant_id = \(tenant) AND id = \(id) RETURNING \(columns)
        """
    }

    /// Its log goes with it.
    static func remove(_ id: ID<Webhook>, in transaction: borrowing Transaction) async throws -> Bool {
        transaction.queue(
            "DELETE FROM webhook_delivery WHERE tenant_id = \(transaction.tenant) AND webhook_id = \(id)")
        let removed = try await transaction.run(
            "DELETE FROM webhook WHERE tenant_id = \(transaction.tenant) AND id = \(id)")
        return removed > 0
    }

    /// Touches the row only where that changes it: deliveries that arrive do not queue up for it.
    static func arrived(_ id: ID<Webhook>, in tenant: TenantID) -> SQL {
        """
        UPDATE webhook SET failing_since = NULL
        WHERE tenant_id = \(tenant) AND id = \(id) AND failing_since IS NOT NULL
        """
    }

    static func failed(_ id: ID<Webhook>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE webhook SET failing_since = \(now)
        WHERE tenant_id = \(tenant) AND id = \(id) AND failing_since IS NULL
        """
    }
}

extension Webhook.State: SQLValue {}
extension DisabledReason: SQLValue {}
extension WebhookEventKind: SQLValue, SQLElement {}

/// What somebody wants otherwise.
struct WebhookChange {
    var url: String?
    var kinds: [WebhookEventKind]?
    var description: String?
    var enabled: Bool?
    let at: Instant
}
