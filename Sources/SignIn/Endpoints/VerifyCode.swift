import Access
import Database
public import EndpointKit
import HTTP
import Identity
import JSON
public import Reception
import Shapes
public import Tenancy
import Vocabulary

/// Signs somebody in who has received a code.
public struct VerifyCode: Endpoint {
    /// `POST /v1/auth/otp/verify`
    public static let route = Route.post("/v1/auth/otp/verify")
    /// What it does.
    public static let summary = "Sign in with a one-time code."
    /// What a caller must know.
    public static let details = """
        Five guesses are judged, over all codes of a person within fifteen minutes; afterwards the right one is wrong, too. \
        Where several patients share the number, 409 names them and the call is repeated with one of them.
        """
    /// Whoever wants to become a caller.
    public static let access = Access<Equipped<TenantRequest, SignInParts>>(.anyone)
    /// A way in; guesses are counted more strictly.
    public static let limit = Limit.of(.login)
    /// The sign-in is recorded with its session.
    public static let audit = Audit.writes("session")
    /// A kept answer would keep the tokens.
    public static let idempotency = Idempotency.none
    /// The code may be wrong, or leave open who is meant.
    public static let problems: [ProblemCode] = [
        .wrongCode, .severalPeople, .secondFactorRequired, .notAllowed,
    ]

    @In(.body, "What `POST /v1/auth/otp` answered.") var challenge: ID<Challenge>
    @In(.body, "The six digits.", .code) var code: String
    @In(.body, "Who of several that share the number: `stf_…`, `pat_…` or `spg_…`.", .length(30...30))
    var person: String?
    @In(.body, "Whether the tokens go into cookies that no script can read: for pages.") var cookies = false

    /// Inputs still empty.
    public init() {}

    /// Judges and signs in with one commit; a wrong guess commits its count.
    public func respond(to request: Equipped<TenantRequest, SignInParts>) async throws -> SignedIn {
        let (request, parts) = (request.request, request.tool)
        if cookies { try request.http.requireOwnPage() }
        let entrance = try await Entrance(request, parts)
        var guessed: Challenge.Content?
        let entered = try await request.clinic.write { clinic -> Entered? in
            let judged = try await judged(request, parts.codes, in: clinic)
            guessed = judged?.content
            guard let judged, judged.isRight, let content = judged.content,
                let person = try await chosen(among: content, at: request.now, in: clinic)
            else { return nil }
            let outcome = try await entrance.enter(person, by: .code, in: clinic)
            clinic.queue(content.identifier.noteProof(by: person, at: request.now, in: clinic.tenant))
            return Entered(outcome: outcome, identifier: content.identifier)
        }
        guard let entered else {
            let name = guessed?.identifier.bytes ?? []
            throw Problem(.wrongCode).suspecting(Suspicion(.failedSignIn, identifier: name))
        }
        try await KnownPerson.recognise(
            entered.identifier, parts.codes, in: request.database, at: request.now)
        return try entrance.answer(entered.outcome, inCookies: cookies)
    }

    private struct Entered {
        let outcome: Entrance.Outcome
        let identifier: Identifier
    }

    /// For whom the code was, and whether it was the one; nil for a challenge of which nobody knows.
    private func judged(
        _ request: TenantRequest, _ keys: CodeKeys, in clinic: borrowing Transaction
    ) async throws -> (content: Challenge.Content?, isRight: Bool)? {
        let tenant = clinic.tenant
        let digest = { keys.digest(of: code, for: challenge, $0, .signIn, at: tenant) }
        let judged: JudgedCode? = try await clinic.row(
            Challenge.judge(challenge, .signIn, digest, at: request.now, in: tenant))
        guard let judged else { return nil }
        if !judged.isRight { AuditTrail.record(.wrongCode, by: nil, request, in: clinic) }
        return (keys.open(judged.sealed, of: challenge, at: tenant), judged.isRight)
    }

    /// Who is meant. A question back is thrown, so that the code is as good as before.
    private func chosen(
        among content: Challenge.Content, at now: Instant, in clinic: borrowing Transaction
    ) async throws -> Person? {
        let people: [FoundPerson] = try await clinic.rows(
            FoundPerson.all(having: content.identifier, at: now, in: clinic.tenant))
        if let person {
            guard let wanted = Person(text: person), people.contains(where: { $0.person == wanted }) else {
                throw Problem(.wrongCode)
            }
            return wanted
        }
        if let staff = people.first(where: { $0.person.kind == .staff }) { return staff.person }
        guard people.count > 1 else { return people.first?.person }
        throw Self.choice(of: people)
    }

    private static func choice(of people: [FoundPerson]) -> Problem {
        var problem = Problem(.severalPeople)
        problem.members["people"] = .array(
            people.map { ["id": .string($0.person.text), "name": .string($0.name)] })
        return problem
    }
}

extension Rule where Value == String {
    /// Six digits, as they are sent.
    static var code: Rule {
        .pattern("^[0-9]{6}$", "be six digits") { text in
            text.utf8.count == 6 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
    }
}
