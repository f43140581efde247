import Access
import Database
public import EndpointKit
import HTTP
import Identity
public import Reception
import Shapes
public import SignIn
public import Tenancy
import Vocabulary

/// Signs somebody in who has given their second factor.
public struct ProveSecondFactor: Endpoint {
    /// `POST /v1/auth/second-factor`
    public static let route = Route.post("/v1/auth/second-factor")
    /// What it does.
    public static let summary = "Finish signing in with a second factor."
    /// What a caller must know.
    public static let details = """
        Five answers are judged for one challenge, and wrong ones are counted over all challenges of a person. A code of an \
        app is good for once.
        """
    /// The challenge says who asks.
    public static let access = Access<Equipped<TenantRequest, CredentialParts>>(.anyone)
    /// As for the first factor.
    public static let limit = Limit.of(.login)
    /// The sign-in is recorded with its session.
    public static let audit = Audit.writes("session")
    /// A kept answer would keep the tokens.
    public static let idempotency = Idempotency.none
    /// It may be wrong.
    public static let problems: [ProblemCode] = [.notProven, .notAllowed]

    @In(.body, "What the problem `second_factor_required` carried.") var challenge: ID<Ceremony>
    @In(.body, "The six digits that the app shows.", .length(6...6)) var code: String?
    @In(.body, "One of the codes that were written down.", .length(12...40)) var recoveryCode: String?
    @In(.body, "Whether the tokens go into cookies that no script can read: for pages.") var cookies = false

    /// Inputs still empty.
    public init() {}

    /// Judges and signs in with one commit; a wrong answer commits its count.
    public func respond(to request: Equipped<TenantRequest, CredentialParts>) async throws -> SignedIn {
        let (request, parts) = (request.request, request.tool)
        if cookies { try request.http.requireOwnPage() }
        let proof = try SecondFactorProof(code: code, recoveryCode: recoveryCode)
        let entrance = try await Entrance(request, parts.signIn)
        let asked: [Ceremony] = try await request.clinic.once(
            Ceremony.guess(challenge, .secondFactor, at: request.now, in: request.tenant.id))
        guard let person = asked.first?.person, let method = asked.first?.method else {
            throw Problem(.notProven)
        }
        let count = GuessCount.secondFactor(of: person, parts.keys, in: request.tenant.id)
        try await request.clinic.write { clinic in try await count.take(at: request.now, in: clinic) }
        let outcome = try await request.clinic.write { clinic -> Entrance.Outcome? in
            guard
                try await proof.isRight(
                    for: ID(person.id), at: request.now, under: parts.keys, in: clinic)
            else {
                AuditTrail.record(.wrongCode, by: person, request, in: clinic)
                return nil
            }
            let taken: Ceremony? = try await clinic.row(
                Ceremony.take(challenge, .secondFactor, at: request.now, in: clinic.tenant))
            guard taken != nil else { throw Problem(.notProven) }
            clinic.queue(count.forget(in: clinic.tenant))
            return try await entrance.enter(person, by: method, isWhole: true, in: clinic)
        }
        guard let outcome else {
            throw Problem(.notProven).suspecting(
                Suspicion(.failedSignIn, identifier: person.text, person: person.id))
        }
        return try entrance.answer(outcome, inCookies: cookies)
    }
}

extension GuessCount {
    /// Wrong codes of a person, over all challenges.
    static func secondFactor(of person: Person, _ keys: CredentialKeys, in tenant: TenantID) -> GuessCount {
        GuessCount(keys.guesses(at: "second factor", Array(person.text.utf8), in: tenant))
    }
}
