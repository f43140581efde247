import Database
public import EndpointKit
public import Identity
import Messaging
import Reception
public import Shapes
import Tenancy

/// Counts what the caller has not read yet.
public struct CountUnreadMessages: Endpoint {
    /// `GET /v1/notifications/unread-count`
    public static let route = Route.get("/v1/notifications/unread-count")
    /// What it does.
    public static let summary = "Count what I am notified of and have not read."
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// A badge that is kept fresh.
    public static let limit = Limit.perCaller(240, per: .seconds(60))
    /// A caller's own.
    public static let audit = Audit.silent
    /// Nothing is shown to the system.
    public static let problems: [ProblemCode] = [.notAllowed]

    /// No inputs.
    public init() {}

    /// A span of the index of what is unread.
    public func respond(to request: CallerRequest) async throws -> UnreadCount {
        let unread: Int64? = try await request.clinic.row(
            ShownMessage.unread(of: request.reader(), in: request.tenant.id))
        return UnreadCount(unread: Int(unread ?? 0))
    }
}

/// How much is unread.
public struct UnreadCount: Output {
    let unread: Int

    /// The answer's members.
    public static let shape = OutputShape<UnreadCount> {
        Out("unread", "How many; 1000 stands for that many and more.", example: 3) { $0.unread }
    }
}
