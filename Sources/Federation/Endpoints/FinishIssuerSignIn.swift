import Access
import Database
public import EndpointKit
import HTTP
import Identity
import JSON
public import Reception
import Shapes
import SignIn
public import Tenancy
import Vocabulary

/// Takes somebody back from the clinic's own OpenID provider.
public struct FinishIssuerSignIn: Endpoint {
    /// `GET /v1/auth/providers/{provider}/callback`
    public static let route = Route.get("/v1/auth/providers/{provider}/callback")
    /// What it does.
    public static let summary = "Come back from the clinic's own OpenID provider."
    /// What a caller must know.
    public static let details = """
        Only who works at the clinic with a mail address of a domain that is believed, proven at the provider, comes in; from then \
        on they are known by the provider's name for them. Whatever is wrong is told alike, and kept in the audit trail.
        """
    /// Whoever wants to come in.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A clinic's whole staff may share an address.
    public static let limit = Limit.of(.login)
    /// The sign-in is recorded with its session.
    public static let audit = Audit.writes("session")
    /// Providers add parameters of their own.
    public static let passesOverQuery = true
    /// Whatever is wrong.
    public static let problems: [ProblemCode] = [.notProven, .secondFactorRequired, .networkNotAllowed]

    @In(.path, "The provider.") var provider: ID<TrustedIssuer>
    @In(.query, "What it gives for an answer.", .length(0...4096)) var code: String?
    @In(.query, "What it was given.", .length(0...7400)) var state: String?
    @In(.query, "Who answers (RFC 9207).", .length(0...500)) var iss: String?
    @In(.query, "Why there is no answer.", .length(0...500)) var error: String?

    /// Inputs still empty.
    public init() {}

    /// The provider's word, judged; then the same door as for everybody.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GateAnswer {
        let gate = Gate(equipped)
        do {
            let return_ = IssuerReturn(
                provider: provider, code: code, state: state, iss: iss, error: error, gate: gate)
            let (state, issuer, word) = try await return_.word()
            return try await enter(state, issuer, word, gate)
        } catch let flaw as IssuerFlaw {
            try await note(flaw, gate.request)
            throw Problem(.notProven, "The provider's word on who you are was not taken. Begin again.")
        }
    }

    private func enter(_ state: IssuerState, _ issuer: TrustedIssuer, _ word: ForeignWord, _ gate: Gate)
        async throws -> GateAnswer
    {
        let entrance = try await Entrance(gate.request, gate.parts.signIn)
        let isWhole = issuer.coversSecondFactor && word.isTwoFactors
        let outcome = try await gate.request.clinic.write { clinic in
            let person = try await IssuerReturn.person(
                word, of: issuer, at: gate.request.now, in: clinic)
            return try await entrance.enter(person, by: .openID, isWhole: isWhole, in: clinic)
        }
        do {
            return try await gate.enter(entrance.answer(outcome, inCookies: true), with: state.ticket)
        } catch let problem as Problem {
            guard problem.code == .secondFactorRequired else { throw problem }
            let step = GateStep.second(challenge: "", code: nil, recovery: nil)
            return try await step.again(after: problem, at: gate, with: state.ticket)
        }
    }

    private func note(_ flaw: IssuerFlaw, _ request: TenantRequest) async throws {
        let event = AuditEvent(
            act: "sessions.create", outcome: .denied, of: "session",
            detail: [
                "method": .string(Session.Method.openID.rawValue), "provider": .string(provider.text),
                "because": .string(flaw.rawValue),
            ])
        try await request.clinic.write { clinic in
            clinic.queue(AuditTrail.statement(event, in: request, by: nil))
        }
    }
}
