import Database
public import EndpointKit
import HTTP
public import Reception
import Shapes
public import Tenancy

/// Shows what the link of an invitation leads to. Whatever looks at links before people do (a scanner, a
/// preview) uses nothing up by it.
public struct ShowInvitation: Endpoint {
    /// `GET /v1/invitation-links/{token}`
    public static let route = Route.get("/v1/invitation-links/{token}")
    /// What it does.
    public static let summary = "Show a page with a button that accepts an invitation; it changes nothing."
    /// Open: the link itself is the proof.
    public static let access = Access<Equipped<TenantRequest, InvitationParts>>(.anyone)
    /// A person's clicks.
    public static let limit = Limit.perAddress(60, per: .seconds(60))
    /// It changes nothing and shows nobody.
    public static let audit = Audit.silent
    /// The link may be over.
    public static let problems: [ProblemCode] = [.notFound]

    static let beginning = "/v1/invitation-links/"

    @In(.path, "What stands in the link.", .length(1...200)) var token: String

    /// Inputs still empty.
    public init() {}

    /// A page in the clinic's language, while the link is good.
    public func respond(to request: Equipped<TenantRequest, InvitationParts>) async throws -> ShortPage {
        let (asked, tenant) = (request.request, request.request.tenant)
        guard let link = request.tool.keys.link(token, in: tenant.id),
            let _: Invitation = try await asked.clinic.row(
                Invitation.opened(by: link, at: asked.now, in: tenant.id))
        else { throw Problem.notFound }
        return InvitationWords.asking(of: tenant, at: Self.beginning + token)
    }
}
