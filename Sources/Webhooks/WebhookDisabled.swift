import JSON
import Outbox
import Vocabulary

/// A webhook is told nothing any more, because it does not answer or said so.
struct WebhookDisabled: Event {
    static let kind = "webhook.disabled"

    let webhook: Webhook
    let reason: DisabledReason

    var subject: ID<Webhook> { webhook.id }
    var version: Int32 { webhook.version }

    func writePayload(to writer: inout JSONWriter) { writer.member("reason", reason.rawValue) }
}
