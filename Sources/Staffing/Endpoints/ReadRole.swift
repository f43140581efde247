public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Reads a role of the clinic's own.
public struct ReadRole: Endpoint {
    /// `GET /v1/roles/{role}`
    public static let route = Route.get("/v1/roles/{role}")
    /// What it does.
    public static let summary = "Read a role of the clinic's own with every version it had."
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeStaff>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// It may never have been.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The role.") var role: ID<OwnRole>

    /// Inputs still empty.
    public init() {}

    /// Versions are only ever added, so that two reads cannot contradict each other.
    public func respond(to permit: Permit<SeeStaff>) async throws -> OwnRoleHistory {
        let found: OwnRole = try await permit.clinic.found(OwnRole.withID(role, in: permit.tenant.id))
        let versions: [OwnRoleVersion] = try await permit.clinic.rows(
            OwnRoleVersion.all(of: role, in: permit.tenant.id))
        return OwnRoleHistory(role: found.shown(at: permit.tenant), versions: versions)
    }
}
