public import Access
import Database
public import EndpointKit
import Identity
import Shapes
import Tenancy
import Vocabulary

/// Reads a hold.
public struct ReadHold: Endpoint {
    /// `GET /v1/holds/{hold}`
    public static let route = Route.get("/v1/holds/{hold}")
    /// What it does.
    public static let summary = "Read a hold of one's own."
    /// What a caller must know.
    public static let details = "A hold that has ended, was let go or was booked is not there any more."
    /// Whoever may read appointments.
    public static let access = Access<Permit<SeeHolds>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked is kept.
    public static let audit = Audit.reads("hold")
    /// It may have ended.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The hold.") var hold: ID<Hold>

    /// Inputs still empty.
    public init() {}

    /// Anybody else's hold is not there.
    public func respond(to permit: Permit<SeeHolds>) async throws -> Hold {
        try await permit.found(
            Hold.inForce(hold, of: permit.caller.id, at: permit.now, in: permit.tenant.id),
            recording: AuditEvent(SeeHolds.permission, of: "hold", hold.unique))
    }
}
