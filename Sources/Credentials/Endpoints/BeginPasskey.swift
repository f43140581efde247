import Crypto
import Database
public import EndpointKit
public import Identity
public import Reception
public import Shapes
import SignIn
import Tenancy
import Vocabulary

/// Begins to make a passkey.
public struct BeginPasskey: Endpoint {
    /// `POST /v1/auth/passkey-challenges`
    public static let route = Route.post("/v1/auth/passkey-challenges")
    /// What it does.
    public static let summary = "Begin to make a passkey."
    /// What a caller must know.
    public static let details = """
        The answer is what a page hands to `navigator.credentials.create`, its texts decoded from base64url; what comes of it \
        goes to `POST /v1/auth/passkeys` within five minutes.
        """
    /// Whoever has just proven who they are.
    public static let access = Access<Fresh<Equipped<CallerRequest, CredentialParts>>>(.signedIn)
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(900))
    /// Nothing is made yet.
    public static let audit = Audit.silent
    /// Each challenge is for once.
    public static let idempotency = Idempotency.none
    /// The proof may be too old.
    public static let problems: [ProblemCode] = [.notAllowed]

    /// Inputs still empty.
    public init() {}

    /// What the person has already is named, so that no authenticator makes a second one.
    public func respond(to fresh: Fresh<Equipped<CallerRequest, CredentialParts>>) async throws
        -> PasskeyCreation
    {
        let (request, parts) = (fresh.request.request, fresh.request.tool)
        let person = try request.person()
        guard let party = parts.party(of: request.http) else { throw Problem(.notProven) }
        let ceremony = Ceremony(.registration, to: person, at: request.now)
        let known: [Passkey] = try await request.clinic.rows(Passkey.all(of: person, in: request.tenant.id))
        let name: String? = try await request.clinic.row(
            Passkey.nameOfHolder(person, in: request.tenant.id))
        try await request.clinic.once(ceremony.insert(at: request.now, in: request.tenant.id))
        return PasskeyCreation(
            ceremony: ceremony, challenge: parts.keys.challenge(of: ceremony.id, in: request.tenant.id),
            party: party, clinic: request.tenant.name, person: person, name: name ?? "", known: known)
    }
}

/// What a page hands to `navigator.credentials.create`.
public struct PasskeyCreation: Output {
    let ceremony: Ceremony
    let challenge: String
    let party: RelyingParty
    let clinic: String
    let person: Person
    let name: String
    let known: [Passkey]

    /// The answer's members.
    public static let shape = OutputShape<PasskeyCreation> {
        Out("ceremony", "Sent back with what comes of it.") { $0.ceremony.id }
        Out("challenge", "`challenge`, in base64url.") { $0.challenge }
        Out("rp_id", "`rp.id`.", example: "sunrise.localhost") { $0.party.id }
        Out("rp_name", "`rp.name`.", example: "Sunrise Family Practice") { $0.clinic }
        Out("user_id", "`user.id`, in base64url.") { Self.handle(of: $0.person) }
        Out("user_name", "`user.name` and `user.displayName`.", example: "Asha Patil") { $0.name }
        Out("algorithms", "`pubKeyCredParams`, the best first.", example: [-8, -7, -257]) { _ in
            PasskeyKey.algorithms.map { Int($0) }
        }
        Out("exclude", "`excludeCredentials`, in base64url.") { $0.known.map(\.credentialText) }
        Out("resident_key", "`authenticatorSelection.residentKey`.", example: "required") { _ in "required" }
        Out("user_verification", "`authenticatorSelection.userVerification`.", example: "required") { _ in
            "required"
        }
        Out("timeout", "`timeout`, in milliseconds.", example: 300_000) { _ in
            Int(Ceremony.lifetime.components.seconds) * 1000
        }
    }

    /// A name that says nothing to anybody but us.
    private static func handle(of person: Person) -> String {
        Base64URL.text(of: Array(person.text.utf8))
    }
}
