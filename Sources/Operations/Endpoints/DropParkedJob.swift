public import Access
import Database
public import EndpointKit
public import JobQueue
import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Take a job that was given up away. What it was to do is not done.
public struct DropParkedJob: Endpoint {
    /// `POST /v1/ops/jobs/{job}/drop`
    public static let route = Route.post("/v1/ops/jobs/{job}/drop")
    /// What it does.
    public static let summary = "Take a job that was given up away. What it was to do is not done."
    /// What a caller must know.
    public static let details =
        "Only a job that was given up is touched; one that waits or runs is not found."
    /// Whoever may take away what the clinic has set up.
    public static let access = Access<Permit<DropJobs>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.writes("job")
    /// It may not be parked any more.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The job.") var job: ID<WaitingJob>

    /// Inputs still empty.
    public init() {}

    /// Decided by the row itself: only a parked one is touched.
    public func respond(to permit: Permit<DropJobs>) async throws -> JobView {
        try await permit.write { clinic in
            guard let view = try await JobQueue.drop(job, in: clinic) else { throw Problem.notFound }
            AuditTrail.record(
                AuditEvent(DropJobs.permission, of: "job", job.unique), by: permit, in: clinic)
            return view
        }
    }
}
