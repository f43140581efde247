public import Database
import JobQueue
import Outbox
import Vocabulary

extension WebhookDelivery: FromRow {
    private static let columns: SQL = """
        id, webhook_id, kind, event_transaction, event_sequence, event_at, state, tries, tried_at, answer_code,
        reason, answer
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, webhook, kind) = (try row.next(), try row.next(), try row.next())
        position = try OutboxPosition(from: &row)
        (eventAt, state) = (try row.next(), try row.next())
        (tries, triedAt) = (Int(try row.next(Int32.self)), try row.next())
        answerCode = try row.next(Int32?.self).map(Int.init)
        (reason, answer) = (try row.next(), try row.next())
    }

    /// A webhook's deliveries before one of them, the latest first.
    static func page(
        of webhook: ID<Webhook>, before id: ID<WebhookDelivery>?, limit: Int, in tenant: TenantID
    ) -> SQL {
        """
        SELECT \(columns) FROM webhook_delivery WHERE tenant_id = \(tenant) AND webhook_id = \(webhook)
            AND (\(id)::uuid IS NULL OR id < \(id)) ORDER BY id DESC LIMIT \(limit)
        """
    }

    static func withID(_ id: ID<WebhookDelivery>, of webhook: ID<Webhook>, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM webhook_delivery
        WHERE tenant_id = \(tenant) AND id = \(id) AND webhook_id = \(webhook)
        """
    }

    /// An event for a webhook. One that is there already stays, unless it is asked for again and was over by
    /// then.
    static func insert(
        _ id: ID<WebhookDelivery>, _ event: RecordedEvent, to webhook: ID<Webhook>,
        againBefore moment: Instant?
    ) -> SQL {
        """
        INSERT INTO webhook_delivery (tenant_id, id, webhook_id, kind, subject_id, subject_version,
            event_transaction, event_sequence, event_at, payload)
        VALUES (\(event.tenant), \(id), \(webhook), \(event.kind), \(event.subject), \(event.version),
            \(event.position.transaction), \(event.position.sequence), \(event.at), \(event.payload))
        ON CONFLICT (tenant_id, id) DO UPDATE SET state = 'waiting', tries = 0
            WHERE webhook_delivery.state <> 'waiting' AND \(moment)::timestamptz IS NOT NULL
                AND (webhook_delivery.tried_at IS NULL OR webhook_delivery.tried_at < \(moment))
        """
    }

    static func insertPing(
        _ id: ID<WebhookDelivery>, to webhook: Webhook, at now: Instant, in tenant: TenantID
    )
        -> SQL
    {
        """
        INSERT INTO webhook_delivery (tenant_id, id, webhook_id, kind, subject_id, subject_version, event_at,
            payload)
        VALUES (\(tenant), \(id), \(webhook.id), \(ping), \(webhook.id), \(webhook.version), \(now), '{}')
        RETURNING \(columns)
        """
    }

    /// One that is over waits again.
    static func putBack(_ id: ID<WebhookDelivery>, of webhook: ID<Webhook>, in tenant: TenantID) -> SQL {
        """
        UPDATE webhook_delivery SET state = 'waiting', tries = 0
        WHERE tenant_id = \(tenant) AND id = \(id) AND webhook_id = \(webhook) AND state <> 'waiting'
        RETURNING subject_id
        """
    }

    /// How a try went, and where that leaves the delivery.
    static func note(
        _ attempt: DeliveryAttempt, of id: ID<WebhookDelivery>, as state: State, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE webhook_delivery SET state = \(state), tries = tries + 1, tried_at = \(attempt.at),
            answer_code = \(attempt.answerCode.map(Int32.init)), reason = \(attempt.reason),
            answer = \(attempt.excerpt)
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }

    static func drop(_ id: ID<WebhookDelivery>, in tenant: TenantID) -> SQL {
        "UPDATE webhook_delivery SET state = 'dropped' WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// What waits and has no job any more (somebody dropped it, or it was parked) will never be tried: it
    /// ends.
    static func abandonForgotten(in transaction: borrowing Transaction) async throws {
        let tenant = transaction.tenant
        let waiting: [ID<WebhookDelivery>] = try await transaction.rows(
            """
            SELECT id FROM webhook_delivery WHERE tenant_id = \(tenant) AND state = 'waiting'
            ORDER BY id LIMIT 1000
            """)
        guard !waiting.isEmpty else { return }
        let due: [String] = try await transaction.rows(
            JobQueue.waitingKeys(of: DeliverWebhook.self, among: waiting.map(\.text), in: tenant))
        let alive = Set(due), lost = waiting.filter { !alive.contains($0.text) }
        transaction.queue(
            """
            UPDATE webhook_delivery SET state = 'failed', reason = 'abandoned'
            WHERE tenant_id = \(tenant) AND id = ANY (\(lost)) AND state = 'waiting'
            """)
    }

    /// Those of before that id, which begins with a moment.
    static func forget(before id: UniqueID, in tenant: TenantID) -> SQL {
        "DELETE FROM webhook_delivery WHERE tenant_id = \(tenant) AND id < \(id) AND state <> 'waiting'"
    }
}

extension WebhookDelivery.State: SQLValue {}

extension OutboxPosition {
    fileprivate init?(from row: inout Row) throws {
        let (transaction, sequence) = (try row.next(Int64?.self), try row.next(Int64?.self))
        guard let transaction, let sequence else { return nil }
        self.init(transaction: transaction, sequence: sequence)
    }
}

/// A delivery that waits, with all that a try needs.
struct DueDelivery: FromRow {
    let webhook: ID<Webhook>
    let url: String
    let isEnabled: Bool
    let secret: [UInt8]
    let secretBefore: [UInt8]?
    let beforeUntil: Instant?
    let failingSince: Instant?
    let body: WebhookBody

    init(_ row: inout Row) throws {
        (webhook, url, isEnabled) = (try row.next(), try row.next(), try row.next())
        (secret, secretBefore, beforeUntil) = (try row.next(), try row.next(), try row.next())
        failingSince = try row.next()
        let position = try OutboxPosition(from: &row)
        let (kind, at): (String, Instant) = (try row.next(), try row.next())
        let (subject, version): (UniqueID, Int32) = (try row.next(), try row.next())
        body = WebhookBody(
            kind: kind, at: at, position: position, tenant: try row.next(), subject: subject,
            version: version,
            facts: try row.next(JSONText.self).bytes)
    }

    static func waiting(_ id: ID<WebhookDelivery>, in tenant: TenantID) -> SQL {
        """
        SELECT w.id, w.url, w.state = 'enabled', w.sealed_secret, w.sealed_secret_before, w.before_until,
            w.failing_since, d.event_transaction, d.event_sequence, d.kind, d.event_at, d.subject_id,
            d.subject_version, d.tenant_id, d.payload
        FROM webhook_delivery d JOIN webhook w ON w.tenant_id = \(tenant) AND w.id = d.webhook_id
        WHERE d.tenant_id = \(tenant) AND d.id = \(id) AND d.state = 'waiting'
        """
    }
}
