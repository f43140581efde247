public import Access
public import EndpointKit
import HTTP
import Identity
public import Reception
import Shapes
public import Tenancy

/// Takes what somebody typed at the gate.
public struct TakeGateStep: Endpoint {
    /// `POST /oauth/sign-in`
    public static let route = Route.post("/oauth/sign-in")
    /// What it does.
    public static let summary = "Take a step of signing in, from a page of the gate."
    /// What a caller must know.
    public static let details = """
        For browsers: the form comes from a page of `/oauth/authorize` or `/sign-in`, in the browser to which it was shown. \
        Programs sign in under `/v1/auth`.
        """
    /// Whoever wants to come in.
    public static let access = Access<Equipped<Equipped<TenantRequest, FederationParts>, SuspicionBook>>(
        .anyone)
    /// A way in as the others are; guesses are counted more strictly.
    public static let limit = Limit.of(.login)
    /// The sign-in is recorded with its session.
    public static let audit = Audit.writes("session")
    /// A ticket and what was typed.
    public static let bodyLimit = SentForm.bytesMax
    /// What is sent is a form.
    public static let rawBody: RawBody? = RawBody([SentForm.mediaType], "The fields of the page's form.")
    /// What it proves is good for once anyway.
    public static let idempotency = Idempotency.none
    /// The page may be too old, or somebody else's.
    public static let problems: [ProblemCode] = [
        .notAllowed, .notProven, .secondFactorRequired, .networkNotAllowed,
    ]

    /// No inputs: the body is a form.
    public init() {}

    /// Judged by the endpoints that programs ask; what went wrong is told on the page.
    public func respond(
        to watched: Equipped<Equipped<TenantRequest, FederationParts>, SuspicionBook>
    ) async throws -> GateAnswer {
        let equipped = watched.request, gate = Gate(equipped)
        let ((step, login), ticket) = try gate.sent { form in
            GateStep(form).map { ($0, form["login"] ?? "") }
        }
        do {
            switch try await step.take(gate.request, equipped.tool) {
            case .signedIn(let signedIn): return try await gate.enter(signedIn, with: ticket)
            case .sent(let challenge):
                return .page(try await gate.page(for: ticket).code(challenge, for: login))
            }
        } catch let problem as Problem {
            // A page answers where a program would be refused, so nobody behind here sees the sign.
            if let sign = problem.suspicion { watched.tool.note(sign, of: gate.request) }
            return try await step.again(after: problem, at: gate, with: ticket)
        }
    }
}
