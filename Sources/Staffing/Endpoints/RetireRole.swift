public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes a role of the clinic's own from everybody, for good.
public struct RetireRole: Endpoint {
    /// `DELETE /v1/roles/{role}`
    public static let route = Route.delete("/v1/roles/{role}")
    /// What it does.
    public static let summary = "Retire a role: whoever holds it loses it, and it cannot be given again."
    /// Whoever may take away what people may do.
    public static let access = Access<Permit<RetireRoles>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// What it was is kept.
    public static let audit = Audit.writes("role")
    /// It may have been retired already.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The role.") var role: ID<OwnRole>

    /// Inputs still empty.
    public init() {}

    /// The role stays readable with its versions: the trail speaks of them.
    public func respond(to permit: Permit<RetireRoles>) async throws -> NoContent {
        try await permit.write { clinic in
            let outcome = try await RoleChange.retire(role).carryOut(by: Maker(permit), in: clinic)
            AuditTrail.record(
                StaffAudit.role(RetireRoles.permission, role, from: outcome.old, to: nil), by: permit,
                in: clinic)
            return NoContent()
        }
    }
}
