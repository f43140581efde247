import Database
public import EndpointKit
public import Reception
public import Shapes
import SignIn
public import Tenancy
import Vocabulary

/// Begins to sign in by a passkey.
public struct BeginPasskeySignIn: Endpoint {
    /// `POST /v1/auth/passkey-sign-ins`
    public static let route = Route.post("/v1/auth/passkey-sign-ins")
    /// What it does.
    public static let summary = "Begin to sign in by a passkey."
    /// What a caller must know.
    public static let details = """
        Nobody says who they are: the authenticator offers what it has for this clinic. The answer is what a page hands to \
        `navigator.credentials.get`; what comes of it goes to `POST /v1/auth/passkey-sign-ins/finish`.
        """
    /// Whoever wants to become a caller.
    public static let access = Access<Equipped<TenantRequest, CredentialParts>>(.anyone)
    /// A way in; each leaves a row for five minutes.
    public static let limit = Limit.of(.login)
    /// Nobody has done anything yet.
    public static let audit = Audit.silent
    /// Each challenge is for once.
    public static let idempotency = Idempotency.none

    /// Inputs still empty.
    public init() {}

    /// The same for everybody.
    public func respond(to request: Equipped<TenantRequest, CredentialParts>) async throws -> PasskeyRequest {
        let (request, parts) = (request.request, request.tool)
        guard let party = parts.party(of: request.http) else { throw Problem(.notProven) }
        let ceremony = Ceremony(.signIn, to: nil, at: request.now)
        try await request.clinic.once(ceremony.insert(at: request.now, in: request.tenant.id))
        return PasskeyRequest(
            ceremony: ceremony, challenge: parts.keys.challenge(of: ceremony.id, in: request.tenant.id),
            party: party)
    }

    /// The host may be no page's.
    public static let problems: [ProblemCode] = [.notProven]
}

/// What a page hands to `navigator.credentials.get`.
public struct PasskeyRequest: Output {
    let ceremony: Ceremony
    let challenge: String
    let party: RelyingParty

    /// The answer's members.
    public static let shape = OutputShape<PasskeyRequest> {
        Out("ceremony", "Sent back with what comes of it.") { $0.ceremony.id }
        Out("challenge", "`challenge`, in base64url.") { $0.challenge }
        Out("rp_id", "`rpId`.", example: "sunrise.localhost") { $0.party.id }
        Out("user_verification", "`userVerification`.", example: "required") { _ in "required" }
        Out("timeout", "`timeout`, in milliseconds.", example: 300_000) { _ in
            Int(Ceremony.lifetime.components.seconds) * 1000
        }
    }
}
