public import EndpointKit
import HTTP
import Identity
public import Reception
import Shapes
public import Tenancy

/// Takes somebody's word on whether they want to sign out.
public struct AnswerSignOut: Endpoint {
    /// `POST /oauth/sign-out`
    public static let route = Route.post("/oauth/sign-out")
    /// What it does.
    public static let summary = "Say whether I want to sign out, from a page of the gate."
    /// What a caller must know.
    public static let details = """
        For browsers: the form comes from the page of `/oauth/logout`, in the browser to which it was shown, and ends the \
        sign-in of whoever it was shown to. Programs sign out under `/v1/auth/logout`.
        """
    /// Whoever the gate's cookie remembers.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A person's clicks.
    public static let limit = Limit.perAddress(300, per: .seconds(900))
    /// That a sign-in ended is kept.
    public static let audit = Audit.writes("session")
    /// A ticket and a word.
    public static let bodyLimit = SentForm.bytesMax
    /// What is sent is a form.
    public static let rawBody: RawBody? = RawBody([SentForm.mediaType], "The fields of the page's form.")
    /// Leaving twice is leaving.
    public static let idempotency = Idempotency.none
    /// The page may be too old, or somebody else's.
    public static let problems: [ProblemCode] = [.notAllowed, .networkNotAllowed]

    /// No inputs: the body is a form.
    public init() {}

    /// The end of the sign-in, its line in the trail, and the way back to the program.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GateAnswer {
        let gate = Gate(equipped)
        let (decision, ticket) = try gate.answer(oneOf: "leave", "stay")
        guard case .signOut(let wish) = ticket.goal, let visitor = try await gate.visitor(),
            visitor.session == wish.session
        else { throw Problem(.notAllowed, "This page is too old, or of another browser: begin again.") }
        guard decision == "leave" else { return .page(try await gate.page(for: ticket).staying()) }
        try await gate.end([visitor.session], of: visitor.person)
        return try await gate.signedOut(to: wish.way, byForm: true)
    }
}
