import Access
import Database
public import EndpointKit
public import Identity
public import Reception
public import Shapes
import SignIn
import Tenancy
import Vocabulary

/// Shows that an authenticator app works, or has another set of recovery codes written down.
public struct ConfirmTimeCodes: Endpoint {
    /// `POST /v1/auth/totp/confirm`
    public static let route = Route.post("/v1/auth/totp/confirm")
    /// What it does.
    public static let summary = "Confirm my authenticator app by a code, and get ten recovery codes."
    /// What a caller must know.
    public static let details =
        "Repeated later it gives a new set; what is left of the old one counts no more."
    /// Staff; the code is the proof.
    public static let access = Access<Equipped<CallerRequest, CredentialParts>>(.signedIn)
    /// A person's clicks; guesses are counted more strictly.
    public static let limit = Limit.perCaller(30, per: .seconds(900))
    /// That it was done is kept.
    public static let audit = Audit.changes("session")
    /// A kept answer would keep the codes.
    public static let idempotency = Idempotency.none
    /// The code may be wrong.
    public static let problems: [ProblemCode] = [.notProven, .notAllowed]

    @In(.body, "The six digits that the app shows.", .length(6...6)) var code: String

    /// Inputs still empty.
    public init() {}

    /// The codes are made before the commit that makes them count.
    public func respond(to request: Equipped<CallerRequest, CredentialParts>) async throws -> NewRecoveryCodes
    {
        let (request, parts) = (request.request, request.tool)
        let (person, codes) = (try request.staffMember(), RecoveryCode.randomSet())
        let proof = try SecondFactorProof(code: code, recoveryCode: nil)
        let count = GuessCount.secondFactor(of: Person(person), parts.keys, in: request.tenant.id)
        try await request.clinic.write { clinic in try await count.take(at: request.now, in: clinic) }
        let digests = codes.map { parts.keys.digest(of: $0, for: person, in: request.tenant.id) }
        try await request.clinic.write { clinic in
            guard try await proof.isRight(for: person, at: request.now, under: parts.keys, in: clinic) else {
                throw Problem(.notProven)
            }
            clinic.queue(count.forget(in: clinic.tenant))
            RecoveryCode.replace(with: digests, of: person, in: clinic)
            AuditTrail.record(
                .changed(.recoveryCodes), by: Person(person), request.request, in: clinic)
        }
        return NewRecoveryCodes(codes: codes)
    }
}

/// Recovery codes, shown this once.
public struct NewRecoveryCodes: Output {
    let codes: [RecoveryCode]

    /// The answer's member.
    public static let shape = OutputShape<NewRecoveryCodes> {
        Out("recovery_codes", "For the day on which the telephone is gone: each is good once.") {
            $0.codes.map(\.text)
        }
    }
}
