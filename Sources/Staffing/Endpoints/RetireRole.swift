public import Access
import Database
public import EndpointKit
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes a role of the clinic's own from everybody, for good.
public struct RetireRole: Endpoint {
    /// `DELETE /v1/roles/{role}`
    public static let route = Route.delete("/v1/roles/{role}")
    /// What it does.
    public static let summary = "Retire a role: whoever holds it loses it, and it cannot be given again."
    /// What a caller must know.
    public static let details = """
        It stays readable with its versions, because the trail speaks of them. One that was retired before is a conflict.
        """
    /// Whoever may take away what people may do.
    public static let access = Access<Fresh<Permit<RetireRoles>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// What it was is kept.
    public static let audit = Audit.changes("role")
    /// It may have been retired already.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The role.") var role: ID<OwnRole>

    /// Inputs still empty.
    public init() {}

    /// The role stays readable with its versions: the trail speaks of them.
    public func respond(to fresh: Fresh<Permit<RetireRoles>>) async throws -> NoContent {
        let permit = fresh.request
        return try await permit.write { clinic in
            _ = try await RoleChange.retire(role).carryOut(by: Maker(permit), in: clinic)
            AuditTrail.record(
                AuditEvent(RetireRoles.permission, of: "role", role.unique), by: permit, in: clinic)
            return NoContent()
        }
    }
}
