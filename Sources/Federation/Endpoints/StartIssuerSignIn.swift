import Crypto
import Database
public import EndpointKit
import HTTP
import JSON
public import Reception
import Shapes
public import Tenancy
import Vocabulary

/// Sends somebody to the clinic's own OpenID provider to sign in there.
public struct StartIssuerSignIn: Endpoint {
    /// `GET /v1/auth/providers/{provider}/start`
    public static let route = Route.get("/v1/auth/providers/{provider}/start")
    /// What it does.
    public static let summary = "Go to the clinic's own OpenID provider to sign in."
    /// What a caller must know.
    public static let details = "A browser is led there (303) and comes back to the provider's callback here."
    /// Whoever wants to come in.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A clinic's whole staff may share an address.
    public static let limit = Limit.perAddress(300, per: .seconds(900))
    /// Whoever goes there is nobody yet.
    public static let audit = Audit.silent
    /// It may be gone, or away.
    public static let problems: [ProblemCode] = [.notFound, .notAllowed, .conflict]

    @In(.path, "The provider.") var provider: ID<TrustedIssuer>
    @In(.query, "The path to go on to afterwards.", .length(1...500)) var returnTo = "/"
    @In(.query, "What a page of the gate carries.", .length(1...7400)) var ticket: String?

    /// Inputs still empty.
    public init() {}

    /// Everything that must be known again when they come back travels sealed, bound to this browser.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GateAnswer {
        let gate = Gate(equipped), (request, parts) = (equipped.request, equipped.tool)
        let found: TrustedIssuer? = try await request.clinic.row(
            TrustedIssuer.withID(provider, in: request.tenant.id))
        guard let issuer = found, issuer.enabled else { throw Problem.notFound }
        let ticket =
            if let ticket {
                try gate.ticket(ticket)
            } else {
                gate.ticket(for: .page(try ShowSignIn.page(returnTo)))
            }
        let state = IssuerState(
            issuer: provider, seed: RandomBytes.make(32), ticket: ticket, askedAt: request.now)
        let metadata: IssuerMetadata
        do {
            metadata = try await parts.issuers.metadata(of: issuer.issuer, for: request.tenant.id)
        } catch is IssuerFlaw {
            throw Problem.conflict("The provider does not answer as one. Try later, or sign in another way.")
        }
        let query = PercentCoding.form(question(state, issuer, gate))
        let mark = metadata.authorizationEndpoint.contains("?") ? "&" : "?"
        return .away(to: metadata.authorizationEndpoint + mark + query).keeping([gate.browserCookie])
    }

    private func question(_ state: IssuerState, _ issuer: TrustedIssuer, _ gate: Gate) -> [(String, String)] {
        let keys = gate.parts.keys
        let challenge = Base64URL.text(of: SHA256.digest(of: Array(state.verifier(keys).utf8)))
        return [
            ("response_type", "code"), ("client_id", issuer.registeredAs), ("scope", "openid email"),
            ("redirect_uri", gate.issuer + TrustedIssuer.callbackPath(of: issuer.id)),
            ("state", keys.seal(state, in: gate.request.tenant.id)), ("nonce", state.nonce(keys)),
            ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ]
    }
}
