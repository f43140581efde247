import Access
import Crypto
import Database
public import EndpointKit
import HTTP
import Identity
public import Reception
import Shapes
public import SignIn
public import Tenancy
import Vocabulary

/// Signs somebody in who holds a passkey.
public struct SignInByPasskey: Endpoint {
    /// `POST /v1/auth/passkey-sign-ins/finish`
    public static let route = Route.post("/v1/auth/passkey-sign-ins/finish")
    /// What it does.
    public static let summary = "Sign in by a passkey."
    /// What a caller must know.
    public static let details = "The authenticator has made sure who touched it: that is two factors."
    /// Whoever wants to become a caller.
    public static let access = Access<Equipped<TenantRequest, CredentialParts>>(.anyone)
    /// As for the other ways in.
    public static let limit = Limit.of(.login)
    /// The sign-in is recorded with its session.
    public static let audit = Audit.writes("session")
    /// A kept answer would keep the tokens.
    public static let idempotency = Idempotency.none
    /// It may prove nothing.
    public static let problems: [ProblemCode] = [.notProven, .notAllowed]

    @In(.body, "What `POST /v1/auth/passkey-sign-ins` answered.") var ceremony: ID<Ceremony>
    @In(.body, "`id`: which passkey, in base64url.", .length(1...1400)) var credential: String
    @In(.body, "`response.clientDataJSON`, in base64url.", .length(1...8192)) var clientData: String
    @In(.body, "`response.authenticatorData`, in base64url.", .length(1...4096)) var authenticatorData: String
    @In(.body, "`response.signature`, in base64url.", .length(1...2048)) var signature: String
    @In(.body, "Whether the tokens go into cookies that no script can read: for pages.") var cookies = false

    /// Inputs still empty.
    public init() {}

    /// The question is taken away whatever the answer is; the counter is kept with the sign-in's commit.
    public func respond(to request: Equipped<TenantRequest, CredentialParts>) async throws -> SignedIn {
        let (request, parts) = (request.request, request.tool)
        if cookies { try request.http.requireOwnPage() }
        let entrance = try await Entrance(request, parts.signIn)
        let asked: [Ceremony] = try await request.clinic.once(
            Ceremony.take(ceremony, .signIn, at: request.now, in: request.tenant.id))
        guard !asked.isEmpty, let party = parts.party(of: request.http), let assertion,
            let credentialID = Base64URL.decode(credential.utf8)
        else { throw Problem(.notProven) }
        let challenge = parts.keys.challenge(of: ceremony, in: request.tenant.id)
        let outcome = try await request.clinic.write { clinic -> Entrance.Outcome? in
            let passkey: Passkey? = try await clinic.row(Passkey.holding(credentialID, in: clinic.tenant))
            guard let passkey,
                let proof = try? assertion.check(
                    passkey.known, party, challenge: challenge, mustVerify: true),
                try await clinic.row(passkey.person.isActive(in: clinic.tenant), as: Bool.self) == true
            else {
                AuditTrail.record(.wrongCode, by: passkey?.person, request, in: clinic)
                return nil
            }
            clinic.queue(Passkey.keep(proof, of: passkey.id, at: request.now, in: clinic.tenant))
            return try await entrance.enter(passkey.person, by: .passkey, isWhole: true, in: clinic)
        }
        guard let outcome else {
            throw Problem(.notProven).suspecting(Suspicion(.failedSignIn, identifier: credential))
        }
        return try entrance.answer(outcome, inCookies: cookies)
    }

    private var assertion: PasskeyAssertion? {
        guard let client = Base64URL.decode(clientData.utf8),
            let data = Base64URL.decode(authenticatorData.utf8),
            let signed = Base64URL.decode(signature.utf8)
        else { return nil }
        return PasskeyAssertion(clientData: client, authenticatorData: data, signature: signed)
    }
}
