public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lists where the audit chain stood at the end of each day.
public struct ListAuditAnchors: Endpoint {
    /// `GET /v1/audit/anchors`
    public static let route = Route.get("/v1/audit/anchors")
    /// What it does.
    public static let summary =
        "List where the audit trail's chain stood at the end of each day, the latest first."
    /// What a caller must know.
    public static let details = """
        Keep a `head` where nobody who can write to the database can change it: then whoever cuts off the chain's end, or \
        makes a new chain with the installation's own secret, is found out.
        """
    /// The clinic's auditors.
    public static let access = Access<Permit<ExportAuditTrail>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing of any person.
    public static let audit = Audit.silent

    @In(.query, "How many days to give at most.", .within(1...200)) var limit = 31
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One day further than asked for, to know whether there is more.
    public func respond(to permit: Permit<ExportAuditTrail>) async throws -> Page<AuditAnchor> {
        let before = cursor.flatMap { Instant(text: $0.position) } ?? permit.now + .seconds(86_400)
        let found: [AuditSegment] = try await permit.clinic.rows(
            AuditSegment.ofEachDay(before: before, limit: limit + 1, in: permit.tenant.id), pace: .slow)
        let anchors = found.prefix(limit).map(AuditAnchor.init)
        guard found.count > limit, let last = anchors.last else { return Page(anchors) }
        let day = last.segment.sealedAt.seconds / 86_400
        return Page(anchors, next: Cursor(Instant(seconds: day * 86_400).text))
    }
}
