import Access
import Database
public import EndpointKit
public import Reception
import Shapes
public import Tenancy

/// Accepts an invitation, from a page or an app of one's own.
public struct AcceptInvitation: Endpoint {
    /// `POST /v1/invitation-acceptances`
    public static let route = Route.post("/v1/invitation-acceptances")
    /// What it does.
    public static let summary = "Accept an invitation, perhaps with a first password."
    /// What a caller must know.
    public static let details = """
        `token` is what stands behind the last slash of the link. From then on one signs in by a code that is sent to the \
        address, or by the password. A password that is refused does not use the link up; whoever has one already sends none.
        """
    /// The link says who asks.
    public static let access = Access<Equipped<TenantRequest, InvitationParts>>(.anyone)
    /// Nobody makes up a link, and choosing a password takes a few tries.
    public static let limit = Limit.perAddress(30, per: .seconds(900))
    /// Who works here from then on is kept.
    public static let audit = Audit.changes("staff_member")
    /// The link itself is good once.
    public static let idempotency = Idempotency.none
    /// The link may be over, and what was promised no longer somebody's to give.
    public static let problems: [ProblemCode] = [.notProven, .conflict]

    @In(.body, "What the link carries.", .length(1...200)) var token: String
    @In(.body, "A first password.", .length(1...256)) var password: String?

    /// Inputs still empty.
    public init() {}

    /// Every link that opens nothing is answered alike.
    public func respond(to request: Equipped<TenantRequest, InvitationParts>) async throws -> Joined {
        let acceptance = Acceptance(token: token, password: password)
        guard let joined = try await acceptance.carryOut(request.request, request.tool) else {
            throw Problem(.notProven)
        }
        return joined
    }
}
