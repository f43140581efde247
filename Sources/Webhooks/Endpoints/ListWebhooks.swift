public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy

/// Lists where events are told to.
public struct ListWebhooks: Endpoint {
    /// `GET /v1/webhooks`
    public static let route = Route.get("/v1/webhooks")
    /// What it does.
    public static let summary = "List the clinic's webhooks, the oldest first."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeWebhooks>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    /// No inputs.
    public init() {}

    /// All of them: there are few.
    public func respond(to permit: Permit<SeeWebhooks>) async throws -> Page<Webhook> {
        Page(try await permit.clinic.rows(Webhook.all(in: permit.tenant.id)))
    }
}
