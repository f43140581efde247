public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Tells who looked at a patient's record.
public struct ReadAccessLog: Endpoint {
    /// `GET /v1/patients/{patient}/access-log`
    public static let route = Route.get("/v1/patients/{patient}/access-log")
    /// What it does.
    public static let summary =
        "Tell, in plain words, who looked at a patient's record or changed it, the latest first."
    /// What a caller must know.
    public static let details = """
        The record, the appointments, and lists that were asked for about the patient. Lists of everybody, such as a day's \
        appointments, are in the audit trail and not here: they do not say whom they showed.
        """
    /// The clinic's auditors, patients about themselves, and whoever answers for them.
    public static let access = Access<Permit<SeeAccessLog>>.permitted()
    /// A search for what persons did.
    public static let limit = Limit.of(.search)
    /// Looking at it leaves a trace in it.
    public static let audit = Audit.reads("patient")

    @In(.path, "The patient.") var patient: ID<Patient>
    @In(.query, "From then on.") var from: Instant
    @In(.query, "Before; at most 366 days after `from`.") var to: Instant
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// Whoever holds it for some patients alone asks about those.
    public func respond(to permit: Permit<SeeAccessLog>) async throws -> Page<AccessEntry> {
        guard permit.isForWholeClinic || permit.reach.patients.contains(patient.unique) else {
            throw Problem.notAllowed
        }
        let wish = try AuditWish(from: from, to: to, after: cursor, limit: limit + 1)
        let found: [SealedEvent] = try await permit.rows(
            wish.events(about: patient.unique, named: patient.text, in: permit.tenant.id),
            recording: AuditEvent(SeeAccessLog.permission, of: "patient", patient.unique)
                .about(patient.unique))
        let entries = found.prefix(limit).map { AccessEntry($0, ownID: permit.caller.id) }
        guard found.count > limit else { return Page(entries) }
        return Page(entries, next: Cursor(found[limit - 1].id.unique.uuidText))
    }
}
