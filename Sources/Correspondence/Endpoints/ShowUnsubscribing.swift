public import EndpointKit
import HTTP
import Messaging
public import Reception
import Shapes
public import Tenancy

/// Shows what a link in a mail would end. Whatever looks at links before people do (a scanner, a preview)
/// changes nothing by it.
public struct ShowUnsubscribing: Endpoint {
    /// `GET /v1/unsubscribe/{token}`
    public static let route = Route.get("/v1/unsubscribe/{token}")
    /// What it does.
    public static let summary = "Show a page with a button that ends mails of a kind; it changes nothing."
    /// Open: the link itself is the proof.
    public static let access = Access<Equipped<TenantRequest, CorrespondenceParts>>(.anyone)
    /// A person's clicks.
    public static let limit = Limit.perAddress(60, per: .seconds(60))
    /// It changes nothing and shows nobody.
    public static let audit = Audit.silent

    @In(.path, "What stands in the link.", .length(1...200)) var token: String

    /// Inputs still empty.
    public init() {}

    /// A page in the clinic's language.
    public func respond(to request: Equipped<TenantRequest, CorrespondenceParts>) async throws -> ShortPage {
        let tenant = request.request.tenant
        let wish = request.tool.links.unsubscribe.open(token, of: tenant.id, at: request.request.now)
        guard wish != nil else { throw Problem.notFound }
        return UnsubscribeWords.asking(of: tenant, at: "/v1/unsubscribe/\(token)")
    }
}
