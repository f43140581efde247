public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Reads where events are told to.
public struct ReadWebhook: Endpoint {
    /// `GET /v1/webhooks/{webhook}`
    public static let route = Route.get("/v1/webhooks/{webhook}")
    /// What it does.
    public static let summary = "Read a webhook."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeWebhooks>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// It may be gone.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The webhook.") var webhook: ID<Webhook>

    /// Inputs still empty.
    public init() {}

    /// One row.
    public func respond(to permit: Permit<SeeWebhooks>) async throws -> Webhook {
        try await permit.clinic.found(Webhook.withID(webhook, in: permit.tenant.id))
    }
}
