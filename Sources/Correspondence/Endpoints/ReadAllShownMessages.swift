import Database
public import EndpointKit
public import Identity
import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Says that the caller has read everything.
public struct ReadAllShownMessages: Endpoint {
    /// `POST /v1/notifications/read-all`
    public static let route = Route.post("/v1/notifications/read-all")
    /// What it does.
    public static let summary = "Mark all my notifications as read."
    /// What a caller must know.
    public static let details = "Send as `last` the newest that was shown: what came after it stays unread."
    /// Whoever has signed in, for their own.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// A caller's own.
    public static let audit = Audit.silent
    /// Somebody else's is not there, and nothing is shown to the system.
    public static let problems: [ProblemCode] = [.notAllowed, .notFound]

    @In(.body, "The newest one that is meant; without it, all.") var last: ID<ShownMessage>?

    /// Inputs still empty.
    public init() {}

    /// What is left unread is told.
    public func respond(to request: CallerRequest) async throws -> UnreadCount {
        let reader = try request.reader()
        return try await request.write { clinic in
            if let last {
                let _: ShownMessage = try await clinic.found(
                    ShownMessage.withID(last, of: reader, in: clinic.tenant))
            }
            clinic.queue(ShownMessage.readAll(by: reader, upTo: last, at: request.now, in: clinic.tenant))
            let unread: Int64? = try await clinic.row(ShownMessage.unread(of: reader, in: clinic.tenant))
            return UnreadCount(unread: Int(unread ?? 0))
        }
    }
}
