import Access
import Database
public import EndpointKit
public import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lets somebody prove again who they are, for what needs a fresh proof.
public struct StepUp: Endpoint {
    /// `POST /v1/auth/step-up`
    public static let route = Route.post("/v1/auth/step-up")
    /// What it does.
    public static let summary = "Prove again who I am."
    /// What a caller must know.
    public static let details = """
        For five minutes the same token then suffices for what answers `step_up_required`. Either the password or a code; \
        whoever has an app set up gives a code. Signing in anew does the same.
        """
    /// Staff who have signed in.
    public static let access = Access<Equipped<CallerRequest, CredentialParts>>(.signedIn)
    /// A person's clicks; guesses are counted more strictly.
    public static let limit = Limit.perCaller(30, per: .seconds(900))
    /// That it was done is kept.
    public static let audit = Audit.writes("session")
    /// Proving twice is proving.
    public static let idempotency = Idempotency.none
    /// It may be wrong.
    public static let problems: [ProblemCode] = [.notProven, .notAllowed]

    @In(.body, "The password.", .length(1...256)) var password: String?
    @In(.body, "The six digits that the app shows.", .length(6...6)) var code: String?

    /// Inputs still empty.
    public init() {}

    /// Counts the guess first, as at the door.
    public func respond(to request: Equipped<CallerRequest, CredentialParts>) async throws -> NoContent {
        let (request, parts) = (request.request, request.tool)
        let person = try request.staffMember()
        guard (password == nil) != (code == nil) else {
            throw Problem.invalidInput([
                Complaint(pointer: "/password", code: "one_of", detail: "either this or `code` must be sent")
            ])
        }
        let count = GuessCount.secondFactor(of: Person(person), parts.keys, in: request.tenant.id)
        try await request.clinic.write { clinic in try await count.take(at: request.now, in: clinic) }
        let knowsPassword = try await judged(person, request, parts)
        try await request.clinic.write { clinic in
            let isProven =
                if let code {
                    try await SecondFactorProof(code: code, recoveryCode: nil)
                        .isRight(for: person, at: request.now, under: parts.keys, in: clinic)
                } else { knowsPassword }
            guard isProven else {
                throw Problem(.notProven).suspecting(Suspicion(.failedStepUp, person: person.unique))
            }
            clinic.queue(count.forget(in: clinic.tenant))
            clinic.queue(Proof.renew(request.caller.session, at: request.now, in: clinic.tenant))
            AuditTrail.record(
                .provenAgain(request.caller.session), by: Person(person), request.request, in: clinic)
        }
        return NoContent()
    }

    /// A password alone is less than a code: it does not do for whoever has an app set up.
    private func judged(
        _ person: ID<StaffMember>, _ request: CallerRequest, _ parts: CredentialParts
    ) async throws -> Bool {
        guard let password else { return false }
        let tenant = request.tenant.id
        let owner: PasswordOwner? = try await request.clinic.row(PasswordOwner.withID(person, in: tenant))
        let hasApp: Bool? = try await request.clinic.row(KeptTimeCode.isConfirmed(of: person, in: tenant))
        let isRight = try await parts.passwords.judge(password, against: owner?.kept?.hash).isRight
        return isRight && hasApp == nil
    }
}
