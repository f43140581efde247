public import Access
import EndpointKit
public import Identity
import Database
import Tenancy
import Vocabulary

/// A request of somebody who has proven who they are within the last five minutes: for acts that an
/// unattended screen or a stolen token must not suffice for. Whoever has not is told to
/// (`step_up_required`); a program can prove nothing of the kind and is refused.
public struct Fresh<Request: Admitted & CallersRequest>: Admitted {
    /// What was found out about the request.
    public let request: Request

    /// The walk is the request's own; then the sign-in is asked when it was last proven.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> Fresh {
        let request = try await Request.admit(&arrival, at: desk)
        let called = request.called
        guard called.caller.person != nil else { throw Problem.notAllowed }
        let provenAt: Instant? = try await called.clinic.row(Proof.read(of: called))
        guard let provenAt, called.now - provenAt < Proof.freshFor else { throw Problem(.stepUpRequired) }
        return Fresh(request: request)
    }
}

/// How long a proof is fresh.
public enum Proof {
    /// Long enough to finish what one had set out to do.
    public static let freshFor = Duration.seconds(300)
}

/// A request of which is known who makes it.
public protocol CallersRequest {
    /// Who asks.
    var called: CallerRequest { get }
}

extension CallerRequest: CallersRequest {
    /// The request itself.
    public var called: CallerRequest { self }
}

extension Permit: CallersRequest {
    /// The request that was permitted.
    public var called: CallerRequest { request }
}

extension Equipped: CallersRequest where Request: CallersRequest {
    /// The request that was equipped.
    public var called: CallerRequest { request.called }
}
