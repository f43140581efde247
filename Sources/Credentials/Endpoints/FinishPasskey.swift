import Access
import Crypto
import Database
public import EndpointKit
public import Identity
public import Reception
import Shapes
import SignIn
import Tenancy
import Vocabulary

/// Keeps a passkey that was just made.
public struct FinishPasskey: Endpoint {
    /// `POST /v1/auth/passkeys`
    public static let route = Route.post("/v1/auth/passkeys")
    /// What it does.
    public static let summary = "Keep a passkey that was just made."
    /// What a caller must know.
    public static let details = "A person has at most 20. Who made the authenticator is not asked for."
    /// Whoever began it.
    public static let access = Access<Equipped<CallerRequest, CredentialParts>>(.signedIn)
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(900))
    /// That it was done is kept.
    public static let audit = Audit.changes("session")
    /// The challenge is good once.
    public static let idempotency = Idempotency.none
    /// It may be over, or of another page; there may be too many, or this one already.
    public static let problems: [ProblemCode] = [.notProven, .conflict, .notAllowed]

    @In(.body, "What `POST /v1/auth/passkey-challenges` answered.") var ceremony: ID<Ceremony>
    @In(.body, "What the person calls it.", .length(1...100)) var name: String
    @In(.body, "`response.clientDataJSON`, in base64url.", .length(1...8192)) var clientData: String
    @In(.body, "`response.attestationObject`, in base64url.", .length(1...24_000)) var attestation: String

    /// Inputs still empty.
    public init() {}

    /// The question is taken away whatever the answer is.
    public func respond(to request: Equipped<CallerRequest, CredentialParts>) async throws -> Created<Passkey>
    {
        let (request, parts) = (request.request, request.tool)
        let person = try request.person()
        let asked: [Ceremony] = try await request.clinic.once(
            Ceremony.take(ceremony, .registration, at: request.now, in: request.tenant.id))
        guard asked.first?.person == person, let party = parts.party(of: request.http),
            let client = Base64URL.decode(clientData.utf8), let object = Base64URL.decode(attestation.utf8),
            let made = try? PasskeyRegistration(clientData: client, attestation: object).check(
                party, challenge: parts.keys.challenge(of: ceremony, in: request.tenant.id), mustVerify: true)
        else { throw Problem(.notProven) }
        return try await Self.keeping { try await keep(made, of: person, request) }
    }

    private func keep(_ made: NewPasskey, of person: Person, _ request: CallerRequest) async throws
        -> Created<Passkey>
    {
        try await request.clinic.write { clinic in
            let kept: Passkey? = try await clinic.row(
                Passkey.insert(
                    made, .random(at: request.now), of: person, named: name, at: request.now,
                    in: clinic.tenant))
            guard let kept else { throw Problem.conflict("A person has at most \(Passkey.most) passkeys.") }
            AuditTrail.record(.changed(.passkey), by: person, request.request, in: clinic)
            return Created(kept, at: "/v1/auth/passkeys")
        }
    }

    /// Turns what the schema says into words.
    private static func keeping<Kept>(
        _ body: nonisolated(nonsending) () async throws -> Kept
    ) async throws -> Kept {
        do { return try await body() } catch let error as DatabaseError {
            guard error.constraint == "passkey_credential_is_one" else { throw error }
            throw Problem.conflict("This passkey is kept already.")
        }
    }
}
