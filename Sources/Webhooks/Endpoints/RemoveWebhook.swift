public import Access
import Database
public import EndpointKit
import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Has events told no longer.
public struct RemoveWebhook: Endpoint {
    /// `DELETE /v1/webhooks/{webhook}`
    public static let route = Route.delete("/v1/webhooks/{webhook}")
    /// What it does.
    public static let summary = "Remove a webhook with its log; what still waits is not delivered."
    /// What a caller must know.
    public static let details = "What is on its way may still arrive."
    /// Whoever may take away what the clinic has set up.
    public static let access = Access<Permit<RemoveWebhooks>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("webhook")
    /// It may be gone already.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The webhook.") var webhook: ID<Webhook>

    /// Inputs still empty.
    public init() {}

    /// Jobs that are left find nothing to deliver.
    public func respond(to permit: Permit<RemoveWebhooks>) async throws -> NoContent {
        try await permit.write { clinic in
            guard try await Webhook.remove(webhook, in: clinic) else { throw Problem.notFound }
            AuditTrail.record(
                AuditEvent(RemoveWebhooks.permission, of: "webhook", webhook.unique), by: permit, in: clinic)
            return NoContent()
        }
    }
}
