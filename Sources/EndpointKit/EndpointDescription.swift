public import Shapes

/// An endpoint's declaration with its type forgotten: what router, document and tests read.
public struct EndpointDescription: Sendable {
    /// One declared input.
    public struct Input: Sendable {
        /// Its name on the wire.
        public let name: String
        /// Where it stands.
        public let place: Place
        /// Whether it must be sent.
        public let isRequired: Bool
        /// What it may be, its words included.
        public let schema: Schema
    }

    /// What it gives back when all goes well.
    public struct Answer: Sendable {
        /// The HTTP status.
        public let status: Int
        /// What the body looks like; nil where there is none.
        public let schema: Schema?
        /// What the body is written in.
        public let mediaType: StaticString
        /// Whether it carries an `ETag`, and `If-None-Match` can be answered with 304.
        public let isVersioned: Bool
        /// Whether a `Location` says where the thing can be found.
        public let isPlaced: Bool
    }

    /// The endpoint's type name; unique among all endpoints.
    public let operationID: String
    /// Where it is found.
    public let route: Route
    /// The group it belongs to: the path's first literal part after the version.
    public let tag: String
    /// What it does, in one sentence.
    public let summary: String
    /// More about it.
    public let details: String
    /// Who it is open to.
    public let audience: Audience
    /// The permission it needs, by name.
    public let permission: String?
    /// Whose things the handler can tell apart.
    public let reaches: [String]
    /// What the handler can leave out of its answer.
    public let honoured: [String]
    /// Whether the caller must have proven lately who they are.
    public let needsFreshProof: Bool
    /// How often it may be called.
    public let limit: Limit
    /// What the audit trail keeps.
    public let audit: Audit
    /// The most bytes a body may have.
    public let bodyLimit: Int
    /// What a body is that is not read into inputs.
    public let rawBody: RawBody?
    /// What a repeated call does.
    public let idempotency: Idempotency
    /// Whether `If-Match` must be sent.
    public let precondition: Precondition
    /// In the order of declaration.
    public let inputs: [Input]
    /// What it gives back.
    public let answer: Answer
    /// The problems that only its handler can have.
    public let ownProblems: [ProblemCode]
    /// What is wrong with the declaration by itself; with any of them the server must not start.
    public let flaws: [String]

    init<Asked: Endpoint>(_ type: Asked.Type, _ plan: InputPlan) {
        operationID = "\(type)"
        (route, summary, details) = (Asked.route, Asked.summary, Asked.details)
        tag = Self.tag(of: Asked.route)
        (audience, permission) = (Asked.access.audience, Asked.access.permission)
        (reaches, honoured) = (Asked.access.reaches, Asked.access.limits)
        needsFreshProof = Asked.access.needsFreshProof
        (limit, audit, bodyLimit) = (Asked.limit, Asked.audit, Asked.bodyLimit)
        rawBody = Asked.rawBody
        (idempotency, precondition, ownProblems) = (Asked.idempotency, Asked.precondition, Asked.problems)
        inputs = plan.inputs.map {
            Input(
                name: $0.name, place: $0.place, isRequired: $0.declaration.isRequired,
                schema: $0.declaration.schema)
        }
        answer = Answer(
            status: Asked.Answer.outcome.status,
            schema: [.done, .upgraded].contains(Asked.Answer.outcome) ? nil : Asked.Answer.schema,
            mediaType: Asked.Answer.mediaType,
            isVersioned: Asked.Answer.isVersioned, isPlaced: Asked.Answer.outcome == .created)
        flaws =
            [plan.declarations.flaw(of: type)].compactMap(\.self)
            + (Self.flaws(of: inputs, in: Asked.route) + Self.flaws(of: Asked.rawBody, beside: inputs))
            .map { "\(type): \($0)" }
    }

    /// The inputs at one place.
    public func inputs(in place: Place) -> [Input] { inputs.filter { $0.place == place } }

    private static func tag(of route: Route) -> String {
        let words = route.segments.compactMap { if case .literal(let word) = $0 { word } else { nil } }
        return words.first { !($0.hasPrefix("v") && $0.dropFirst().allSatisfy(\.isNumber)) } ?? "root"
    }

    private static func flaws(of rawBody: RawBody?, beside inputs: [Input]) -> [String] {
        rawBody != nil && inputs.contains { $0.place == .body }
            ? ["A body that is not read into inputs has no members."] : []
    }

    private static func flaws(of inputs: [Input], in route: Route) -> [String] {
        var flaws: [String] = []
        let declared = inputs.filter { $0.place == .path }
        for name in route.names where !declared.contains(where: { $0.name == name }) {
            flaws.append("{\(name)} in \(route) has no @In(.path).")
        }
        for input in declared where !route.names.contains(input.name) {
            flaws.append("@In(.path) \(input.name) is not in \(route).")
        }
        for input in declared where !input.isRequired {
            flaws.append("@In(.path) \(input.name) cannot be optional: without it the path is another one.")
        }
        if Set(route.names).count < route.names.count { flaws.append("\(route) has a name twice.") }
        if route.method == .get || route.method == .delete, inputs.contains(where: { $0.place == .body }) {
            flaws.append("\(route.method.rawValue) has no body to read inputs from.")
        }
        let reserved = Place.allCases.filter { $0 != .body }.map(\.rawValue)
        for input in inputs where input.place == .body && reserved.contains(input.name) {
            flaws.append(
                "A body's member cannot be called \(input.name): complaints would point at the \(input.name)."
            )
        }
        return flaws
    }
}
