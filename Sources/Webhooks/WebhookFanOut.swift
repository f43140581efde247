public import Database
import JobQueue
public import Outbox
import Vocabulary

/// From an event to its deliveries: one for each webhook that wants it.
public struct WebhookFanOut: EventReceiver {
    /// Knows nothing by itself.
    public init() {}

    /// Leaves a delivery and its job for each webhook that wants an event, from the webhook's beginning on.
    public func receive(_ events: [RecordedEvent], in transaction: borrowing Transaction) async throws {
        let webhooks: [Webhook] = try await transaction.rows(Webhook.all(in: transaction.tenant))
        for event in events {
            for webhook in webhooks where webhook.wants(event) && webhook.createdAt <= event.at {
                Self.leave(event, for: webhook, againBefore: nil, in: transaction)
            }
        }
    }

    /// A delivery with its job, in the line of its subject; one that was over by a moment is made again.
    static func leave(
        _ event: RecordedEvent, for webhook: Webhook, againBefore moment: Instant?,
        in transaction: borrowing Transaction
    ) {
        let id = WebhookDelivery.id(of: event, to: webhook.id)
        transaction.queue(WebhookDelivery.insert(id, event, to: webhook.id, againBefore: moment))
        enqueue(id, to: webhook.id, about: event.subject, in: transaction)
    }

    static func enqueue(
        _ id: ID<WebhookDelivery>, to webhook: ID<Webhook>, about subject: UniqueID,
        in transaction: borrowing Transaction
    ) {
        JobQueue.enqueue(
            DeliverWebhook(delivery: id), key: id.text,
            subject: DeliverWebhook.line(of: webhook, about: subject), in: transaction)
    }
}

extension Webhook {
    /// Kinds that nobody can choose are the machinery's own.
    func wants(_ event: RecordedEvent) -> Bool {
        guard state == .enabled, let kind = WebhookEventKind(rawValue: event.kind) else { return false }
        return kinds.isEmpty || kinds.contains(kind)
    }
}
