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
    /// When it was asked for: what was told since then is not told again. Jobs of older versions do not say.
    let askedAt: Instant?

    init(to webhook: ID<Webhook>, from first: OutboxPosition, askedAt: Instant) {
        (self.webhook, self.first, self.askedAt) = (webhook, first, askedAt)
    }

    /// Reads to which webhook, from which event on, and when that was asked for.
    public init(payload: JSON) throws {
        guard let webhook = payload["webhook"]?.stringValue.flatMap({ ID<Webhook>(text: $0) }),
            let first = payload["from"]?.stringValue.flatMap({ OutboxPosition(text: $0) })
        else { throw HopelessJob("The payload names no webhook and no event.") }
        (self.webhook, self.first) = (webhook, first)
        askedAt = payload["asked_at"]?.stringValue.flatMap { Instant(text: $0) }
    }

    /// Writes to which webhook, from which event on, and when that was asked for.
    public func writePayload(to writer: inout JSONWriter) {
        writer.member("webhook", webhook)
        writer.member("from", first.text)
        if let askedAt { writer.member("asked_at", askedAt) }
    }

    /// Names a wish while it waits: the same one is not left twice.
    var key: String { "\(webhook.text) \(first.text)" }

    /// Goes on behind an event.
    func next(after last: OutboxPosition, askedAt: Instant) -> ReplayEvents {
        let first = OutboxPosition(transaction: last.transaction, sequence: last.sequence + 1)
        return ReplayEvents(to: webhook, from: first, askedAt: askedAt)
    }

    /// Behind it reading begins.
    var before: OutboxPosition {
        OutboxPosition(transaction: first.transaction, sequence: max(0, first.sequence) - 1)
    }
}
