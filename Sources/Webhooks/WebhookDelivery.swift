import Crypto
import JSON
public import Outbox
public import Vocabulary

/// One event on its way to one webhook, and how that went.
public struct WebhookDelivery: Identified, Sendable {
    /// `whd_…`
    public static let idPrefix: StaticString = "whd"
    /// The kind of a delivery that somebody asked for to see whether it arrives.
    static let ping = "webhook.ping"

    /// Where it stands.
    public enum State: String, CaseIterable, Sendable {
        /// It will be tried, or tried again.
        case waiting
        /// It was answered with 2xx.
        case delivered
        /// It was given up.
        case failed
        /// The webhook was told nothing any more when its turn came.
        case dropped
    }

    /// The `webhook-id`: the same for every try of this event at this webhook.
    public let id: ID<WebhookDelivery>
    /// Where to.
    public let webhook: ID<Webhook>
    /// What happened.
    public let kind: String
    /// Where in the order of events; nil for a ping.
    let position: OutboxPosition?
    /// The name of that place, once somebody who is shown it has a clinic.
    public private(set) var event: EventName?
    /// When it happened.
    public let eventAt: Instant
    /// Where it stands.
    public let state: State
    /// How often it was tried.
    public let tries: Int
    /// When the last time.
    public let triedAt: Instant?
    /// The code that the last try was answered with.
    public let answerCode: Int?
    /// What kept the last try from being answered.
    public let reason: String?
    /// The beginning of the last answer.
    public let answer: String?
}

extension WebhookDelivery {
    /// The same, with the name of its event.
    func named(by names: EventNames, in tenant: TenantID) -> WebhookDelivery {
        var named = self
        named.event = position.map { names.name(of: $0, in: tenant) }
        return named
    }

    /// The same for the same event and webhook, whenever and however often it is made.
    static func id(of event: RecordedEvent, to webhook: ID<Webhook>) -> ID<WebhookDelivery> {
        let name = "\(event.tenant.number) \(event.position.text) \(webhook.text)"
        let digest = SHA256.digest(of: Array(name.utf8))
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return ID(UniqueID(at: event.at, random: number))
    }
}

/// What is told: `{type, timestamp, data}`.
struct WebhookBody {
    let kind: String
    let at: Instant
    let position: OutboxPosition?
    let tenant: TenantID
    let subject: UniqueID
    let version: Int32
    /// The members that the event wrote: ids and times.
    let facts: [UInt8]

    func bytes(_ names: EventNames) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("type", kind)
            writer.member("timestamp", at)
            writer.key("data")
            writer.object { writeData(to: &$0, names) }
        }
        return writer.bytes
    }

    private func writeData(to writer: inout JSONWriter, _ names: EventNames) {
        writer.member("event", position.map { names.name(of: $0, in: tenant).text })
        // A ping is no event, and is about the webhook itself.
        (WebhookEventKind(rawValue: kind) ?? .webhookDisabled).writeSubject(subject, to: &writer)
        writer.member("version", version)
        writer.key("facts")
        writer.raw(bytes: facts)
    }
}
