import Database
import EndpointKit
import HTTP

/// What a handler can be given: each conformance is one step of the walk and begins with the step before it,
/// so that no type can be had without the checks that it stands for.
public protocol Admitted: Sendable {
    /// Finds out what the type promises to know, or throws the problem that the caller is told.
    static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> Self
}

extension PlatformRequest: Admitted {
    /// Nothing need be known.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> PlatformRequest {
        PlatformRequest(
            http: arrival.http, database: desk.database, now: arrival.now, requestID: arrival.requestID)
    }
}
