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

/// Takes somebody's word on what a program may know of them.
public struct AnswerConsent: Endpoint {
    /// `POST /oauth/consent`
    public static let route = Route.post("/oauth/consent")
    /// What it does.
    public static let summary = "Say whether a program may know who I am, from a page of the gate."
    /// What a caller must know.
    public static let details = """
        For browsers: the form comes from a page of the gate, in the browser to which it was shown. Whoever says no is led back to the \
        program with `access_denied`.
        """
    /// Whoever the gate's cookie remembers.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A person's clicks.
    public static let limit = Limit.perAddress(300, per: .seconds(900))
    /// Who let what be known to whom is kept.
    public static let audit = Audit.writes("program_consent")
    /// A ticket and a word.
    public static let bodyLimit = SentForm.bytesMax
    /// What is sent is a form.
    public static let rawBody: RawBody? = RawBody([SentForm.mediaType], "The fields of the page's form.")
    /// Agreeing twice is agreeing.
    public static let idempotency = Idempotency.none
    /// The page may be too old, or somebody else's.
    public static let problems: [ProblemCode] = [.notAllowed, .networkNotAllowed]

    /// No inputs: the body is a form.
    public init() {}

    /// The word, its line in the trail, and the way back to the program.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GateAnswer {
        let gate = Gate(equipped)
        let (decision, ticket) = try gate.answer(oneOf: "allow", "deny")
        guard case .program(let wish) = ticket.goal, let visitor = try await gate.visitor(),
            wish.accepts(provenAt: visitor.provenAt, begunAt: ticket.begunAt, now: gate.request.now)
        else { throw Problem(.notAllowed, "This page is too old, or of another browser: begin again.") }
        guard decision == "allow" else {
            let way = gate.back(AuthorizationRefusal(.accessDenied, "The person did not agree."), wish)
            return .onward(try await gate.page(for: ticket).onward(to: way), to: way)
        }
        try await agree(visitor, wish, gate.request)
        return try await gate.give(visitor, wish, ticket, byForm: true)
    }

    private func agree(_ visitor: Visitor, _ wish: AuthorizationWish, _ request: TenantRequest) async throws {
        let event = AuditEvent(
            act: "program_consents.create", of: "program_consent", wish.program.unique,
            detail: ["scopes": .string(wish.scopes.text)])
        let caller = Caller(visitor.person, roles: [], session: visitor.session)
        try await request.clinic.write { clinic in
            clinic.queue(
                ProgramConsent.give(
                    wish.scopes, to: wish.program, by: visitor, at: request.now, in: clinic.tenant))
            clinic.queue(AuditTrail.statement(event, in: request, by: caller))
        }
    }
}
