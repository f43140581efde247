public import Access
import Database
public import EndpointKit
public import JobQueue
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lists the jobs that were given up.
public struct ListParkedJobs: Endpoint {
    /// `GET /v1/ops/jobs/parked`
    public static let route = Route.get("/v1/ops/jobs/parked")
    /// What it does.
    public static let summary =
        "List the clinic's jobs that were given up after their tries, the oldest first."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeJobs>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.query, "Only those of this lane.") var lane: Lane?
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One job further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeJobs>) async throws -> Page<JobView> {
        let last = cursor.flatMap { ID<WaitingJob>(text: $0.position) }
        let found: [JobView] = try await permit.clinic.rows(
            JobView.parked(after: last, of: lane, limit: limit + 1, in: permit.tenant.id))
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor(last.id.text))
    }
}
