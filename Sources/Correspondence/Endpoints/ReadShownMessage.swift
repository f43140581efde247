import Database
public import EndpointKit
public import Identity
import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Says that the caller has read something.
public struct ReadShownMessage: Endpoint {
    /// `POST /v1/notifications/{notification}/read`
    public static let route = Route.post("/v1/notifications/{notification}/read")
    /// What it does.
    public static let summary = "Mark a notification as read."
    /// What a caller must know.
    public static let details = "Read twice is read at the first time."
    /// Whoever has signed in, for their own.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(240, per: .seconds(60))
    /// A caller's own.
    public static let audit = Audit.silent
    /// Somebody else's is not there, and nothing is shown to the system.
    public static let problems: [ProblemCode] = [.notAllowed, .notFound]

    @In(.path, "The notification.") var notification: ID<ShownMessage>

    /// Inputs still empty.
    public init() {}

    /// One statement.
    public func respond(to request: CallerRequest) async throws -> ReadableMessage {
        let reader = try request.reader()
        return try await request.write { clinic in
            let read: ShownMessage = try await clinic.found(
                ShownMessage.read(notification, by: reader, at: request.now, in: clinic.tenant))
            return ReadableMessage(read, in: request.tenant)
        }
    }
}
