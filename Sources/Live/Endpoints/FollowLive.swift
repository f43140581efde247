public import Access
public import EndpointKit
import HTTP
import Identity
public import JSON
import Outbox
public import Shapes
import WebSocket

/// Follows what happens, and changes what is followed on the way.
public struct FollowLive: Endpoint {
    /// `GET /v1/live`
    public static let route = Route.get("/v1/live")
    /// What it does.
    public static let summary = "Follow appointments over a WebSocket."
    /// What a caller must know.
    public static let details = """
        Messages are JSON objects. Send `{"subscribe": […]}` and `{"unsubscribe": […]}` with topics; what comes has a `type`: \
        `begin`, `event`, `told`, `topics`, `problem`, `reset` or `end`. The last `id` goes into `after` to come back.
        """
    /// Whoever may read appointments, their own at least.
    public static let access = Access<Permit<FollowAppointments>>.permitted()
    /// Coming back is cheap; coming back all the time is not.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who began to follow what is kept.
    public static let audit = Audit.reads("appointment")
    /// Who asks in plain HTTP is told so.
    public static let problems: [ProblemCode] = [.upgradeRequired, .malformedRequest]
    static let topicsMax = 8

    @In(.query, "What to follow from the beginning; may be said several times.", .count(0...8))
    var topics: [Topic]?
    @In(.query, "The last `id` that was told, to go on behind it.") var after: EventName?

    /// Inputs still empty.
    public init() {}

    /// Looks at the handshake and at what the caller may follow; what is said goes on without the handler.
    public func respond(to permit: Permit<FollowAppointments>) async throws -> SocketFeed {
        let handshake: Handshake
        do { handshake = try Handshake(permit.request.http) } catch let flaw {
            throw Problem(refusing: flaw)
        }
        let following = try await Following.begin(topics ?? [], permit)
        return SocketFeed(
            feed: EventFeed(request: permit.request, following: following, last: after),
            handshake: handshake)
    }
}

/// What a caller follows, and the handshake that they have earned.
public struct SocketFeed: Answerable {
    let feed: EventFeed
    let handshake: Handshake

    /// 101.
    public static var outcome: Outcome { .upgraded }
    /// Nothing of it is HTTP's.
    public static var schema: Schema { Schema() }
    /// Nothing: what is said is said by `SocketTalk`.
    public func write(to writer: inout JSONWriter) {}
}

extension Problem {
    init(refusing flaw: Handshake.Flaw) {
        switch flaw {
        case .notAsked: self.init(.upgradeRequired)
        case .key: self.init(.malformedRequest, "Sec-WebSocket-Key is no sixteen bytes of Base64.")
        case .origin: self.init(.notAllowed, "A page of another origin asks.")
        }
    }
}
