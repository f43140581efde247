public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Changes what is told where.
public struct ChangeWebhook: Endpoint {
    /// `POST /v1/webhooks/{webhook}`
    public static let route = Route.post("/v1/webhooks/{webhook}")
    /// What it does.
    public static let summary = "Change a webhook: where to, which events, whether at all."
    /// What a caller must know.
    public static let details = """
        What is not sent stays as it is. The secret stays too. A webhook that is enabled again is told what happens from then \
        on; what it missed can be replayed. With an empty list of `events` it is told every kind, `hold.placed` and \
        `hold.released` too, and from the day on those that later versions add.
        """
    /// Whoever runs the clinic.
    public static let access = Access<Equipped<Permit<ChangeWebhooks>, WebhookParts>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("webhook")
    /// It may be gone.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The webhook.") var webhook: ID<Webhook>
    @In(.body, "Where to: `https://…`.", .length(9...2048)) var url: String?
    @In(.body, "Which events; none of them means all, later kinds too.", .count(0...50)) var events:
        [WebhookEventKind]?
    @In(.body, "What it is for.", .length(0...200)) var description: String?
    @In(.body, "Whether anything is told.") var enabled: Bool?

    /// Inputs still empty.
    public init() {}

    /// One statement: whoever else changes it at the same time changes what they sent.
    public func respond(to request: Equipped<Permit<ChangeWebhooks>, WebhookParts>) async throws -> Webhook {
        let permit = request.request
        if let url { try request.tool.check(url) }
        let change = WebhookChange(
            url: url, kinds: events, description: description, enabled: enabled, at: permit.now)
        return try await permit.write { clinic in
            let changed: Webhook = try await clinic.found(Webhook.change(webhook, change, in: clinic.tenant))
            AuditTrail.record(
                AuditEvent(ChangeWebhooks.permission, of: "webhook", webhook.unique), by: permit, in: clinic)
            return changed
        }
    }
}
