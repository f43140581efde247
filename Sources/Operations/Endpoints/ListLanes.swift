public import Access
import Database
public import EndpointKit
public import JobQueue
import Reception
import Shapes
import Tenancy

/// Shows how the clinic's part of every lane does.
public struct ListLanes: Endpoint {
    /// `GET /v1/ops/jobs`
    public static let route = Route.get("/v1/ops/jobs")
    /// What it does.
    public static let summary = "Show every lane of the clinic's jobs: what waits, runs and was given up."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeJobs>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    /// No inputs.
    public init() {}

    /// A few looks into an index for each lane.
    public func respond(to permit: Permit<SeeJobs>) async throws -> Page<LaneView> {
        Page(try await LaneView.all(in: permit.clinic))
    }
}
