public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
public import Shapes
import Tenancy
import Vocabulary

/// Lists what somebody who means harm may have done.
public struct ListSecurityEvents: Endpoint {
    /// `GET /v1/security/events`
    public static let route = Route.get("/v1/security/events")
    /// What it does.
    public static let summary = "List the patterns that an attack would leave, the latest first."
    /// What a caller must know.
    public static let details = """
        Many failed sign-ins from one address or as one person, a refresh token or another clinic's token that was copied, \
        many ids under which nothing is, failed proofs of an open sign-in: one event for each day, kind and origin, with how \
        often it was seen. What was seen in the last half minute may not be there yet. Severe ones are also shown to \
        whoever runs the clinic.
        """
    /// The clinic's administrators and auditors.
    public static let access = Access<Permit<SeeSecurityEvents>>.permitted()
    /// A search for what persons did.
    public static let limit = Limit.of(.search)
    /// Looking at it leaves a trace.
    public static let audit = Audit.reads("security_event")

    @In(.query, "Seen from then on.") var from: Instant
    @In(.query, "Only this pattern.") var kind: SecurityEvent.Kind?
    @In(.query, "Only what somebody should look at the same day.") var severe = false
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeSecurityEvents>) async throws -> Page<SeenPattern> {
        let before = cursor.flatMap { UniqueID(uuidText: $0.position) }.map { ID<SecurityEvent>($0) }
        let found: [SeenPattern] = try await permit.rows(
            SeenPattern.page(
                before: before, from: from, kind: kind, onlySevere: severe, limit: limit + 1,
                in: permit.tenant.id),
            recording: AuditEvent(
                SeeSecurityEvents.permission, of: "security_event", detail: ["from": .string(from.text)]))
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor(last.id.unique.uuidText))
    }
}

extension SecurityEvent.Kind: WireValue {}
