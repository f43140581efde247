public import Database
public import EndpointKit
public import HTTP
public import Vocabulary

/// A request of which nothing need be known: neither a clinic nor a caller.
public struct PlatformRequest: Sendable {
    /// The request as it came.
    public let http: HTTPRequest
    /// The tables that belong to no clinic.
    public let database: Database
    /// The moment it is judged at.
    public let now: Instant
    /// Names the request in answers and logs.
    public let requestID: UniqueID
}

extension Access where Request == PlatformRequest {
    /// Open to whoever can reach the server.
    public static var anyone: Access { Access(.anyone) }
}
