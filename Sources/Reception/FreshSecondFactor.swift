public import Access
import Database
public import EndpointKit
public import Identity
import Tenancy
import Vocabulary

/// A request of somebody who has given their second factor within the last five minutes: for acts that open
/// what nobody else has opened to them. Whoever has none set up cannot make it; whoever has not just given it
/// is told to (`step_up_required`).
public struct FreshSecondFactor<Request: Admitted & CallersRequest>: Admitted, FreshlyProven {
    /// What was found out about the request.
    public let request: Request

    /// The walk is the request's own; then the sign-in is asked when a second factor last proved it.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> FreshSecondFactor {
        let request = try await Request.admit(&arrival, at: desk)
        try await Proof.require(Proof.readWhole(of: request.called), of: request.called)
        return FreshSecondFactor(request: request)
    }
}

extension FreshSecondFactor: CallersRequest {
    /// The request that was proven.
    public var called: CallerRequest { request.called }
}

extension Access {
    /// Open to whoever holds the permission of the act that the handler is handed a permit for, and proves it
    /// with a second factor.
    public static func permitted<A: Act>() -> Access where Request == FreshSecondFactor<Permit<A>> {
        Access(A.self)
    }

    /// Open to whoever holds the permission of the act, and proves it with a second factor.
    public static func permitted<A: Act, Tool>() -> Access
    where Request == FreshSecondFactor<Equipped<Permit<A>, Tool>> {
        Access(A.self)
    }
}
