import Database
public import EndpointKit
public import Identity
import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes away something that the caller was shown.
public struct RemoveShownMessage: Endpoint {
    /// `DELETE /v1/notifications/{notification}`
    public static let route = Route.delete("/v1/notifications/{notification}")
    /// What it does.
    public static let summary = "Delete a notification."
    /// What a caller must know.
    public static let details = "It is gone for good. Somebody else's is not found."
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
    public func respond(to request: CallerRequest) async throws -> NoContent {
        let removed = try await request.clinic.once(
            ShownMessage.remove(notification, of: request.reader(), in: request.tenant.id))
        guard removed > 0 else { throw Problem.notFound }
        return NoContent()
    }
}
