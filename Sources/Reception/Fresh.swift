public import Access
public import EndpointKit
public import Identity
import Database
import Tenancy
import Vocabulary

/// A request of somebody who has proven who they are within the last five minutes: for acts that an
/// unattended screen or a stolen token must not suffice for. Whoever has not is told to
/// (`step_up_required`); a program can prove nothing of the kind and is refused.
public struct Fresh<Request: Admitted & CallersRequest>: Admitted, FreshlyProven {
    /// What was found out about the request.
    public let request: Request

    /// The walk is the request's own; then the sign-in is asked when it was last proven.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> Fresh {
        let request = try await Request.admit(&arrival, at: desk)
        try await Proof.require(of: request.called)
        return Fresh(request: request)
    }
}

/// How long a proof is fresh.
public enum Proof {
    /// Long enough to finish what one had set out to do.
    public static let freshFor = Duration.seconds(300)

    /// Throws unless the sign-in was proven so lately; a program has none.
    static func require(of request: CallerRequest) async throws {
        guard request.caller.person != nil else { throw Problem.notAllowed }
        try await require(read(of: request), of: request)
    }

    /// Throws unless what the statement reads, the moment of a proof, is as late as that.
    static func require(_ proof: SQL, of request: CallerRequest) async throws {
        let provenAt: Instant? = try await request.clinic.row(proof)
        guard let provenAt, request.now - provenAt < freshFor else { throw Problem(.stepUpRequired) }
    }
}

extension Access {
    /// Open to whoever holds the permission of the act, and has just proven who they are.
    public static func permitted<A: Act>() -> Access where Request == Fresh<Permit<A>> { Access(A.self) }

    /// Open to whoever holds the permission of the act, and has just proven who they are.
    public static func permitted<A: Act, Tool>() -> Access
    where Request == Fresh<Equipped<Permit<A>, Tool>> {
        Access(A.self)
    }
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
