public import Access
import Database
public import EndpointKit
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lists what a webhook was told, and how that went.
public struct ListWebhookDeliveries: Endpoint {
    /// `GET /v1/webhooks/{webhook}/deliveries`
    public static let route = Route.get("/v1/webhooks/{webhook}/deliveries")
    /// What it does.
    public static let summary = "List a webhook's deliveries of the last month, the latest first."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Equipped<Permit<SeeWebhooks>, WebhookParts>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// It may be gone.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The webhook.") var webhook: ID<Webhook>
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One delivery further than asked for, to know whether there is more.
    public func respond(to request: Equipped<Permit<SeeWebhooks>, WebhookParts>) async throws
        -> Page<WebhookDelivery>
    {
        let permit = request.request
        let _: Webhook = try await permit.clinic.found(Webhook.withID(webhook, in: permit.tenant.id))
        let last = cursor.flatMap { ID<WebhookDelivery>(text: $0.position) }
        let found: [WebhookDelivery] = try await permit.clinic.rows(
            WebhookDelivery.page(of: webhook, before: last, limit: limit + 1, in: permit.tenant.id))
        let shown = found.prefix(limit).map { $0.named(by: request.tool.names, in: permit.tenant.id) }
        guard found.count > limit, let last = shown.last else { return Page(shown) }
        return Page(shown, next: Cursor(last.id.text))
    }
}
