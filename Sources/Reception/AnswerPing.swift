public import EndpointKit
public import Shapes

/// Answers without asking anything of anybody: what a caller measures the way by.
public struct AnswerPing: Endpoint {
    /// Where it is found.
    public static let route = Route.get("/v1/ping")
    /// What it does.
    public static let summary = "Answer, so that a caller knows the way is open."
    /// Open to anyone.
    public static let access = Access<PlatformRequest>.anyone
    /// The general limits alone.
    public static let limit = Limit.none
    /// It shows nothing.
    public static let audit = Audit.silent

    /// Nothing to fill.
    public init() {}

    /// Looks nothing up.
    public func respond(to request: PlatformRequest) async throws -> Pong { Pong() }
}

/// The answer to a ping.
public struct Pong: Output {
    /// The answer's members.
    public static let shape = OutputShape<Pong> {
        Out("pong", "Always true.", example: true) { _ in true }
    }
}
