import Access
import EndpointKit
import HTTP
import Identity
import Telemetry
import Vocabulary

/// A request on its way through the house: how it came, and what each room has found out about it so far.
public struct Arrival {
    let http: HTTPRequest
    let requestID: UniqueID
    let now: Instant
    let began: ContinuousClock.Instant
    let trace: TraceContext?

    var parameters = RouteParameters()
    var figures: RouteFigures
    var tenant: (id: TenantID, slug: Slug)?
    var caller: UniqueID?
    /// What the caller asks for, once it is known who they are, and the permission that it needs, if it needs
    /// one: what the trail says where they are not allowed to.
    var asked: (request: CallerRequest, permission: Permission?)?
    /// Calls a minute that the clinic's plan allows all its callers together; 0 where it does not say.
    var planCalls: Int?
    /// Whether it came from where the clinic says that its staff sits.
    var isFromStaffNetwork = false
    /// The sign-in by which the caller is known.
    var session: UniqueID?
    var allowance: (fields: RateLimitFields, state: Allowance)?
    /// Whether the answer is one of our pages, which bring a policy of their own.
    var isPage = false
    /// Whether somebody looks at the answer, so that a problem is told on a page, too.
    var isForReader = false

    init(_ http: HTTPRequest, at desk: Desk) {
        self.http = http
        began = .now
        now = desk.clock.now()
        requestID = desk.numbers.next(at: now)
        trace = http[.traceParent].flatMap { TraceContext(traceparent: $0)?.child() }
        figures = desk.figures.unmatched
    }
}
