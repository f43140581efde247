public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Sends a webhook something to see whether it arrives.
public struct PingWebhook: Endpoint {
    /// `POST /v1/webhooks/{webhook}/ping`
    public static let route = Route.post("/v1/webhooks/{webhook}/ping")
    /// What it does.
    public static let summary = "Send a webhook a `webhook.ping`, to see whether it arrives."
    /// What a caller must know.
    public static let details = "How it went is told by the webhook's deliveries, usually within a second."
    /// Whoever runs the clinic.
    public static let access = Access<Permit<ChangeWebhooks>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.writes("webhook")
    /// It may be gone, or be told nothing.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The webhook.") var webhook: ID<Webhook>

    /// Inputs still empty.
    public init() {}

    /// A delivery like any other.
    public func respond(to permit: Permit<ChangeWebhooks>) async throws -> Accepted<WebhookDelivery> {
        try await permit.write { clinic in
            let found = try await Webhook.enabled(webhook, in: clinic)
            let id = ID<WebhookDelivery>.random(at: permit.now)
            let sent: WebhookDelivery = try await clinic.found(
                WebhookDelivery.insertPing(id, to: found, at: permit.now, in: clinic.tenant))
            WebhookFanOut.enqueue(id, to: webhook, about: id.unique, in: clinic)
            AuditTrail.record(
                AuditEvent(
                    ChangeWebhooks.permission, of: "webhook", webhook.unique, detail: ["pinged": true]),
                by: permit, in: clinic)
            return Accepted(sent)
        }
    }
}

extension Webhook {
    /// One that is told something; anything else is the caller's problem.
    static func enabled(_ id: ID<Webhook>, in clinic: borrowing Transaction) async throws -> Webhook {
        let found: Webhook = try await clinic.found(withID(id, in: clinic.tenant))
        guard found.state == .enabled else {
            throw Problem.conflict("The webhook is disabled. Enable it first.")
        }
        return found
    }
}
