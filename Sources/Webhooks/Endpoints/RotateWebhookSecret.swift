public import Access
import Database
public import EndpointKit
import Identity
import JSON
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Replaces a webhook's secret.
public struct RotateWebhookSecret: Endpoint {
    /// `POST /v1/webhooks/{webhook}/rotate`
    public static let route = Route.post("/v1/webhooks/{webhook}/rotate")
    /// What it does.
    public static let summary = "Replace a webhook's secret; the old one signs beside the new one for a day."
    /// What a caller must know.
    public static let details = """
        The new secret is shown in this answer alone. Of three secrets within a day the oldest signs no more.
        """
    /// Whoever runs the clinic.
    public static let access = Access<Fresh<Equipped<Permit<ChangeWebhooks>, WebhookParts>>>.permitted()
    /// Done a few times in a year.
    public static let limit = Limit.of(.sensitive)
    /// Who did it is kept.
    public static let audit = Audit.changes("webhook")
    /// A kept answer would keep the secret.
    public static let idempotency = Idempotency.none
    /// It may be gone.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The webhook.") var webhook: ID<Webhook>

    /// Inputs still empty.
    public init() {}

    /// Of three secrets within a day the oldest signs no more.
    public func respond(to fresh: Fresh<Equipped<Permit<ChangeWebhooks>, WebhookParts>>) async throws
        -> WebhookWithSecret
    {
        let request = fresh.request, permit = request.request, secret = WebhookSecret.random()
        let box = request.tool.seal.seal(secret, of: webhook, for: permit.tenant.id)
        return try await permit.clinic.write { clinic in
            let rotated: Webhook = try await clinic.found(
                Webhook.rotate(
                    webhook, to: box, until: permit.now + WebhookSecret.grace, in: clinic.tenant))
            AuditTrail.record(
                AuditEvent(ChangeWebhooks.permission, of: "webhook", webhook.unique), by: permit, in: clinic)
            return WebhookWithSecret(webhook: rotated, secret: secret.text)
        }
    }
}
