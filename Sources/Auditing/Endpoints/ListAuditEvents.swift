public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
public import Shapes
import Tenancy
import Vocabulary

/// Searches the audit trail.
public struct ListAuditEvents: Endpoint {
    /// `GET /v1/audit/events`
    public static let route = Route.get("/v1/audit/events")
    /// What it does.
    public static let summary = "Search the audit trail, the latest event first."
    /// What a caller must know.
    public static let details = """
        Whoever may read the clinic's trail sees all of it; whose role lets them see their own deeds sees those. Of changes \
        to staff and configuration only those see the values who may read these things. The search is itself an event. \
        Narrow the span: the trail is read in the order of time, and a rare event in a long span takes long to find.
        """
    /// Auditors, and everybody about their own deeds.
    public static let access = Access<Permit<SeeAuditTrail>>.permitted()
    /// A search for what persons did.
    public static let limit = Limit.of(.search)
    /// Looking at the trail leaves a trace in it.
    public static let audit = Audit.reads("audit_event")

    @In(.query, "Events from then on.") var from: Instant
    @In(.query, "Events before; at most 366 days after `from`.") var to: Instant
    @In(.query, "Only what this caller did: a staff member, a patient, or the platform by a support grant.")
    var caller: AuditedID?
    @In(.query, "Only this, such as `appointments.create`.", .length(1...80)) var act: String?
    @In(.query, "Only what ended so.") var outcome: AuditEvent.Outcome?
    @In(.query, "Only what was done to this kind of thing, such as `patient`.", .length(1...80))
    var subjectKind: String?
    @In(.query, "Only what was done to this.") var subject: AuditedID?
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One event further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeAuditTrail>) async throws -> Page<ShownEvent> {
        var wish = try AuditWish(from: from, to: to, after: cursor, limit: limit + 1)
        wish.caller = permit.isForWholeClinic ? caller?.unique : permit.caller.id
        (wish.act, wish.outcome, wish.subjectKind) = (act, outcome?.rawValue, subjectKind)
        wish.subject = subject?.unique
        let found: [SealedEvent] = try await permit.rows(wish.events(in: permit.tenant.id), recording: seen)
        let subjects = Self.subjects(seenBy: permit.request)
        let shown = found.prefix(limit).map { ShownEvent(event: $0, subjects: subjects) }
        guard found.count > limit, let last = shown.last else { return Page(shown) }
        return Page(shown, next: Cursor(last.event.id.unique.uuidText))
    }

    /// Reading that something was changed shows no more of it than reading the thing would.
    private static func subjects(seenBy request: CallerRequest) -> Set<Subject> {
        var subjects: Set<Subject> = []
        if (try? AccessPolicy.permit(SeeStaffValues.self, for: request)) != nil { subjects.insert(.staff) }
        if (try? AccessPolicy.permit(SeeSetupValues.self, for: request)) != nil {
            subjects.insert(.configuration)
        }
        return subjects
    }

    private var seen: AuditEvent {
        var detail: JSONObject = ["from": .string(from.text), "to": .string(to.text)]
        detail["caller"] = caller.map { .string($0.wire) }
        detail["subject"] = subject.map { .string($0.wire) }
        return AuditEvent(SeeAuditTrail.permission, of: "audit_event", detail: detail)
    }
}

extension AuditEvent.Outcome: WireValue {}
