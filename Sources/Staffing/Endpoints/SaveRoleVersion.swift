public import Access
import Database
public import EndpointKit
public import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Says anew what a role of the clinic's own allows.
public struct SaveRoleVersion: Endpoint {
    /// `POST /v1/roles/{role}/versions`
    public static let route = Route.post("/v1/roles/{role}/versions")
    /// What it does.
    public static let summary =
        "Save a role's next version, which holds at once for everybody who has the role."
    /// What a caller must know.
    public static let details = """
        Versions stay as they were saved. Nobody changes a role that they hold themselves, or one that allows, before or \
        after, what they do not hold. `POST /v1/roles/preview` tells beforehand who gains and loses what.
        """
    /// Whoever says what people may do.
    public static let access = Access<Fresh<Permit<ChangeRoles>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// What it was and what it became is kept.
    public static let audit = Audit.changes("role")
    /// Somebody else may have been faster.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The role.") var role: ID<OwnRole>
    @In(.body, "The version that this one was decided on.", .within(1...1_000_000)) var basedOn: Int32
    @In(.body, "What people call it; the same as before when it is not sent.", .length(1...100)) var title:
        String?
    @In(.body, "What it is made of.") var definition: RoleDefinition

    /// Inputs still empty.
    public init() {}

    /// The version, what it replaces and the line about both are one transaction.
    public func respond(to fresh: Fresh<Permit<ChangeRoles>>) async throws -> OwnRole {
        let permit = fresh.request
        let change = RoleChange.save(role, definition, title: title, basedOn: basedOn)
        return try await permit.write { clinic in
            let outcome = try await change.carryOut(by: Maker(permit), in: clinic)
            guard let saved = outcome.role else { throw Problem.notFound }
            AuditTrail.record(
                AuditEvent(ChangeRoles.permission, of: "role", role.unique), by: permit, in: clinic)
            return saved.shown(at: permit.tenant)
        }
    }
}
