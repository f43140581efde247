public import Access
import Database
public import EndpointKit
public import JobQueue
import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Let a job that was given up be tried again, with all its tries.
public struct RetryParkedJob: Endpoint {
    /// `POST /v1/ops/jobs/{job}/retry`
    public static let route = Route.post("/v1/ops/jobs/{job}/retry")
    /// What it does.
    public static let summary = "Let a job that was given up be tried again, with all its tries."
    /// What a caller must know.
    public static let details =
        "Only a job that was given up is touched; one that waits or runs is not found."
    /// Whoever runs the clinic.
    public static let access = Access<Permit<RetryJobs>>.permitted()
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
    public func respond(to permit: Permit<RetryJobs>) async throws -> JobView {
        try await permit.write { clinic in
            guard let view = try await JobQueue.retry(job, in: clinic) else { throw Problem.notFound }
            AuditTrail.record(
                AuditEvent(RetryJobs.permission, of: "job", job.unique), by: permit, in: clinic)
            return view
        }
    }
}
