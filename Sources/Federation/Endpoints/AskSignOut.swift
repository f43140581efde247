public import EndpointKit
import HTTP
public import Reception
import Shapes
public import Tenancy

/// Where a program sends somebody who wants to sign out.
public struct AskSignOut: Endpoint {
    /// `GET /oauth/logout`
    public static let route = Route.get("/oauth/logout")
    /// What it does.
    public static let summary = "Sign somebody out, for a program (OpenID Connect RP-Initiated Logout)."
    /// What a caller must know.
    public static let details = """
        With an ID token of the clinic's, however old, the sign-in that it came from ends at once, and with it everything that \
        it gave to programs. Without one, or where somebody else is signed in by now, the person is asked on a page. \
        `post_logout_redirect_uri` is compared letter for letter with those of the program. Parameters that are not known are \
        passed over.
        """
    /// Whoever follows a link.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A clinic's whole staff may share an address.
    public static let limit = Limit.perAddress(600, per: .seconds(900))
    /// That a sign-in ended is kept.
    public static let audit = Audit.writes("session")
    /// OpenID Connect has it so.
    public static let passesOverQuery = true
    /// The program may be unknown.
    public static let problems: [ProblemCode] = [.notFound, .networkNotAllowed]

    @In(.query, "An ID token that the program was given.", .length(0...10_000)) var idTokenHint: String?
    @In(.query, "The program: `oac_…`.", .length(0...200)) var clientId: String?
    @In(.query, "Where people go then, as it was registered.", .length(0...2048)) var postLogoutRedirectUri:
        String?
    @In(.query, "Comes back unchanged.", .length(0...1024)) var state: String?

    /// Inputs still empty.
    public init() {}

    /// Ends, or asks.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GateAnswer {
        let asked = SignOutRequest(
            hint: idTokenHint, client: clientId, redirect: postLogoutRedirectUri, state: state)
        return try await asked.meet(Gate(equipped))
    }
}
