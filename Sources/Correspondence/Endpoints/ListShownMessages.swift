import Database
public import EndpointKit
public import Identity
import Messaging
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lists what the caller is shown.
public struct ListShownMessages: Endpoint {
    /// `GET /v1/notifications`
    public static let route = Route.get("/v1/notifications")
    /// What it does.
    public static let summary = "List what I am notified of, the latest first."
    /// What a caller must know.
    public static let details = """
        Only the caller's own, of the last 90 days. Follow the topic `notifications` of `/v1/events` to hear of new ones. What \
        an older one said of a thing is gone as soon as a newer one speaks of it, unless it was read.
        """
    /// Whoever has signed in sees their own.
    public static let access = Access<CallerRequest>.signedIn
    /// A page that is reloaded.
    public static let limit = Limit.perCaller(240, per: .seconds(60))
    /// A caller's own.
    public static let audit = Audit.silent
    /// Nothing is shown to the system.
    public static let problems: [ProblemCode] = [.notAllowed]

    @In(.query, "Only what is not read yet.") var unread = false
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One further than asked for, to know whether there is more.
    public func respond(to request: CallerRequest) async throws -> Page<ReadableMessage> {
        let last = cursor.flatMap { ID<ShownMessage>(text: $0.position) }
        let found: [ShownMessage] = try await request.clinic.rows(
            ShownMessage.page(
                of: request.reader(), before: last, onlyUnread: unread, limit: limit + 1,
                in: request.tenant.id))
        let shown = found.prefix(limit).map { ReadableMessage($0, in: request.tenant) }
        guard found.count > limit, let last = shown.last else { return Page(shown) }
        return Page(shown, next: Cursor(last.message.id.text))
    }
}
