public import Shapes

/// One thing a caller can ask of the system.
///
/// The declaration is the only place that knows the route, the inputs, the access, the limit, the audit line
/// and the answer. Router, reader, guard, limiter, auditor, document and tests all read it here. One
/// endpoint, one type, one file.
///
///     /// Moves an appointment to another free slot.
///     struct RescheduleAppointment: Endpoint {
///         static let route = Route.post("/v1/appointments/{appointment}/reschedule")
///         …
///         @In(.path, "The appointment to move.") var appointment: Appointment.ID
///         @In(.body, "Why, in the patient's words.", .length(3...280)) var reason: String
///     }
public protocol Endpoint: Sendable, Decodable {
    /// What must be known before the handler runs.
    associatedtype Request: Sendable
    /// What is given back.
    associatedtype Answer: Answerable

    /// Where it is found.
    static var route: Route { get }
    /// What it does, in one sentence.
    static var summary: String { get }
    /// More about it, for the document.
    static var details: String { get }
    /// Who may call it. There is no default: a forgotten access does not compile.
    static var access: Access<Request> { get }
    /// How often.
    static var limit: Limit { get }
    /// What the audit trail keeps.
    static var audit: Audit { get }
    /// The most bytes a body may have.
    static var bodyLimit: Int { get }
    /// What a body is that is not read into inputs; nil where inputs are all there is.
    static var rawBody: RawBody? { get }
    /// Whether the query may hold what is not declared: where a protocol of others says that it is passed
    /// over.
    static var passesOverQuery: Bool { get }
    /// What a repeated call does.
    static var idempotency: Idempotency { get }
    /// Whether `If-Match` must be sent.
    static var precondition: Precondition { get }
    /// Problems of its own, beside those that follow from the rest of the declaration.
    static var problems: [ProblemCode] { get }

    /// The inputs still empty; Swift writes it.
    init()

    /// Does it. The inputs are filled and valid, the caller is allowed.
    func respond(to request: Request) async throws -> Answer
}

extension Endpoint {
    /// By default the summary says it all.
    public static var details: String { "" }
    /// 64 KiB, where the method has a body at all.
    public static var bodyLimit: Int { route.method == .get || route.method == .delete ? 0 : 65_536 }
    /// By default a body is read into inputs.
    public static var rawBody: RawBody? { nil }
    /// By default what is not declared is refused: it is a name misspelt.
    public static var passesOverQuery: Bool { false }
    /// By default every POST takes an `Idempotency-Key`.
    public static var idempotency: Idempotency { route.method == .post ? .keyed : .none }
    /// By default a change to what has revisions must name the one it was decided on.
    public static var precondition: Precondition {
        route.method == .put || route.method == .patch ? .demanded : .none
    }
    /// By default there are none.
    public static var problems: [ProblemCode] { [] }
}
