public import Access
public import EndpointKit
import JSON
import Outbox
import Shapes

/// Follows what happens.
public struct FollowEvents: Endpoint {
    /// `GET /v1/events`
    public static let route = Route.get("/v1/events")
    /// What it does.
    public static let summary = "Follow appointments as they are booked and cancelled (server-sent events)."
    /// What a caller must know.
    public static let details = """
        The answer goes on until the token ends, a role is taken away, or this instance closes; then come back with the last \
        `id` as `Last-Event-ID`, and nothing is missed and nothing told twice. Whoever reads too slowly is let go and comes \
        back in the same way.
        """
    /// Whoever may read appointments, their own at least.
    public static let access = Access<Permit<FollowAppointments>>.permitted()
    /// Coming back is cheap; coming back all the time is not.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who began to follow what is kept.
    public static let audit = Audit.reads("appointment")

    @In(.query, "What to follow; may be said several times.", .count(1...8)) var topics: [Topic]
    @In(.header, "The last `id` that was told, to go on behind it.") var lastEventId: EventName?

    /// Inputs still empty.
    public init() {}

    /// Looks at what the caller may follow; the stream itself goes on without the handler.
    public func respond(to permit: Permit<FollowAppointments>) async throws -> EventFeed {
        EventFeed(
            request: permit.request, following: try await Following.begin(topics, permit),
            last: lastEventId)
    }
}
