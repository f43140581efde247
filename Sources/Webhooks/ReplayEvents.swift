public import JSON
public import JobQueue
import Outbox
import Vocabulary

/// Tells a webhook events of the past again.
public struct ReplayEvents: Job {
    /// Never renamed.
    public static let kind = "replay-events"
    /// With what it makes.
    public static let lane = Lane.webhookOut

    let webhook: ID<Webhook>
    /// The first event of those that are told.
    let first: OutboxPosition

    init(to webhook: ID<Webhook>, from first: OutboxPosition) {
        (self.webhook, self.first) = (webhook, first)
    }

    /// Reads to which webhook, and from which event on.
    public init(payload: JSON) throws {
        guard let webhook = payload["webhook"]?.stringValue.flatMap({ ID<Webhook>(text: $0) }),
            let first = payload["from"]?.stringValue.flatMap({ OutboxPosition(text: $0) })
        else { throw HopelessJob("The payload names no webhook and no event.") }
        (self.webhook, self.first) = (webhook, first)
    }

    /// Writes to which webhook, and from which event on.
    public func writePayload(to writer: inout JSONWriter) {
        writer.member("webhook", webhook)
        writer.member("from", first.text)
    }

    /// Behind it reading begins.
    var before: OutboxPosition {
        OutboxPosition(transaction: first.transaction, sequence: max(0, first.sequence) - 1)
    }
}
