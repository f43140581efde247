import Crypto
import Database
public import EndpointKit
public import Identity
public import Reception
public import Shapes
import Tenancy
import Vocabulary

/// Sets an authenticator app up.
public struct BeginTimeCodes: Endpoint {
    /// `POST /v1/auth/totp`
    public static let route = Route.post("/v1/auth/totp")
    /// What it does.
    public static let summary = "Set up an authenticator app as my second factor."
    /// What a caller must know.
    public static let details = "It counts from its first code on: send that to `POST /v1/auth/totp/confirm`."
    /// Staff who have just proven who they are.
    public static let access = Access<Fresh<Equipped<CallerRequest, CredentialParts>>>(.signedIn)
    /// A person's clicks.
    public static let limit = Limit.perCaller(10, per: .seconds(900))
    /// Nothing depends on it yet.
    public static let audit = Audit.silent
    /// A kept answer would keep the secret.
    public static let idempotency = Idempotency.none
    /// One may be set up already.
    public static let problems: [ProblemCode] = [.conflict, .notAllowed]

    /// Inputs still empty.
    public init() {}

    /// A secret that is replaced before it was confirmed is worth nothing.
    public func respond(to fresh: Fresh<Equipped<CallerRequest, CredentialParts>>) async throws
        -> NewTimeCodes
    {
        let (request, parts) = (fresh.request.request, fresh.request.tool)
        let person = try request.staffMember()
        return try await request.clinic.write { clinic in
            try await NewTimeCodes.begin(
                for: person, at: request.tenant, request.now, under: parts.keys, in: clinic)
        }
    }
}

/// What an authenticator app is told, this once.
public struct NewTimeCodes: Output {
    let address: String
    let secret: String

    /// The answer's members.
    public static let shape = OutputShape<NewTimeCodes> {
        Out("uri", "For the app, as a QR code: `otpauth://totp/…`.") { $0.address }
        Out("secret", "The same secret to type in.", example: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") {
            $0.secret
        }
    }

    static func begin(
        for person: ID<StaffMember>, at tenant: Tenant, _ now: Instant, under keys: CredentialKeys,
        in clinic: borrowing Transaction
    ) async throws -> NewTimeCodes {
        let app = TimeCode.random(), box = keys.seal(app, of: person, in: clinic.tenant)
        let begun: Bool? = try await clinic.row(
            KeptTimeCode.begin(box, of: person, at: now, in: clinic.tenant))
        guard begun != nil else { throw Problem.conflict("An app is set up already. Remove it first.") }
        let owner: PasswordOwner? = try await clinic.row(PasswordOwner.withID(person, in: clinic.tenant))
        return NewTimeCodes(
            address: app.address(clinic: tenant.name, person: owner?.email ?? owner?.name ?? ""),
            secret: Base32.encode(app.secret))
    }
}
