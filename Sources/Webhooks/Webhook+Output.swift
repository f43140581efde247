import JSON
public import Shapes
import Vocabulary

extension Webhook: Output {
    /// What a caller sees of a webhook; the secret is not part of it.
    public static let shape = OutputShape<Webhook> {
        Out("id", "The webhook.") { $0.id }
        Out("url", "Where to.", example: "https://hooks.example.org/nadi") { $0.url }
        Out("events", "Which events; none means all, later kinds too.") { $0.kinds }
        Out("description", "What it is for.", example: "The clinic's bookkeeping") { $0.description }
        Out("state", "Whether anything is told.") { $0.state }
        Out("disabled_reason", "Why nothing is told.") { $0.disabledReason }
        Out("disabled_at", "Since when nothing is told.") { $0.disabledAt }
        Out("failing_since", "Since when every delivery fails.") { $0.failingSince }
        Out("version", "Counts the changes.", example: 1) { $0.version }
        Out("created_at", "From when on events are told.") { $0.createdAt }
    }

    /// Where a webhook can be read.
    static func path(of id: ID<Webhook>) -> String { "/v1/webhooks/\(id.text)" }
}

extension Webhook.State: WireValue {}
extension DisabledReason: WireValue {}
extension WebhookEventKind: WireValue {}

/// A webhook and its secret, which is shown this once.
public struct WebhookWithSecret: Output {
    /// The webhook.
    public let webhook: Webhook
    /// What deliveries are signed with: `whsec_…`.
    public let secret: String

    /// The answer's members.
    public static let shape = OutputShape<WebhookWithSecret> {
        Out("webhook", "The webhook.") { $0.webhook }
        Out(
            "secret", "What deliveries are signed with. It is shown this once and can only be replaced.",
            example: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
        ) { $0.secret }
    }
}
