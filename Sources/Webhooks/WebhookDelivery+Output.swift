import JSON
import Outbox
public import Shapes
import Vocabulary

extension WebhookDelivery: Output {
    /// A line of the log.
    public static let shape = OutputShape<WebhookDelivery> {
        Out("id", "The delivery: its `webhook-id`, the same at every try.") { $0.id }
        Out("webhook", "Where to.") { $0.webhook }
        Out("type", "What happened.", example: "appointment.booked") { $0.kind }
        Out("event", "The event, by the name that the event stream gives it; null for a ping.") { $0.event }
        Out("event_at", "When it happened.") { $0.eventAt }
        Out("state", "Where it stands.") { $0.state }
        Out("tries", "How often it was tried.", example: 1) { $0.tries }
        Out("tried_at", "When the last time.") { $0.triedAt }
        Out("answer_code", "What the last try was answered with.", example: 204) { $0.answerCode }
        Out("reason", "What kept the last try from arriving.", example: "timeout") { $0.reason }
        Out("answer", "The beginning of the last answer, at most 1 KB.") { $0.answer }
    }
}

extension WebhookDelivery.State: WireValue {}
