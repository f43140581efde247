import Database
public import EndpointKit
import Identity
public import Reception
import Shapes
import SignIn
public import Tenancy
import Vocabulary

/// Sets an app up for somebody who owes a second factor and has none yet, on their way in.
public struct EnrolSecondFactor: Endpoint {
    /// `POST /v1/auth/second-factor/enrol`
    public static let route = Route.post("/v1/auth/second-factor/enrol")
    /// What it does.
    public static let summary = "Set up an authenticator app while signing in."
    /// What a caller must know.
    public static let details =
        "Its first code then goes to `POST /v1/auth/second-factor` with the same challenge."
    /// The challenge says who asks.
    public static let access = Access<Equipped<TenantRequest, CredentialParts>>(.anyone)
    /// Part of a way in, once in a working life.
    public static let limit = Limit.of(.login)
    /// The app counts from its first code on, which is recorded.
    public static let audit = Audit.silent
    /// A kept answer would keep the secret.
    public static let idempotency = Idempotency.none
    /// The challenge may be over; an app may be set up already.
    public static let problems: [ProblemCode] = [.notProven, .conflict]

    @In(.body, "What the problem `second_factor_required` carried.") var challenge: ID<Ceremony>

    /// Inputs still empty.
    public init() {}

    /// The challenge stays for the first code.
    public func respond(to request: Equipped<TenantRequest, CredentialParts>) async throws -> NewTimeCodes {
        let (request, parts) = (request.request, request.tool)
        return try await request.clinic.write { clinic in
            let asked: Ceremony? = try await clinic.row(
                Ceremony.guess(challenge, .secondFactor, at: request.now, in: clinic.tenant))
            guard let person = asked?.person else { throw Problem(.notProven) }
            return try await NewTimeCodes.begin(
                for: ID(person.id), at: request.tenant, request.now, under: parts.keys, in: clinic)
        }
    }
}
