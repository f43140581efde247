public import Access
import Database
public import EndpointKit
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Brings a role that was adopted to where its template is by now.
public struct TakeUpTemplate: Endpoint {
    /// `POST /v1/roles/{role}/take-up`
    public static let route = Route.post("/v1/roles/{role}/take-up")
    /// What it does.
    public static let summary = "Take up the live version of the template from which a role was adopted."
    /// What a caller must know.
    public static let details = """
        What the clinic has not changed becomes as the template has it; what it has changed stays, of a locked field as much \
        as is no wider than the template. `POST /v1/roles/preview` with the role and the template tells beforehand who gains \
        and loses what.
        """
    /// Whoever says what people may do.
    public static let access = Access<Fresh<Permit<ChangeRoles>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// What it was and what it became is kept.
    public static let audit = Audit.changes("role")
    /// There may be nothing to take up.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The role.") var role: ID<OwnRole>
    @In(.body, "The version of the role that this was decided on.", .within(1...1_000_000)) var basedOn: Int32

    /// Inputs still empty.
    public init() {}

    /// The version, what it replaces and the line about both are one transaction.
    public func respond(to fresh: Fresh<Permit<ChangeRoles>>) async throws -> OwnRole {
        let permit = fresh.request
        return try await permit.write { clinic in
            let outcome = try await RoleChange.takeUp(role, basedOn: basedOn)
                .carryOut(by: Maker(permit), in: clinic)
            guard let saved = outcome.role else { throw Problem.notFound }
            AuditTrail.record(
                AuditEvent(ChangeRoles.permission, of: "role", role.unique), by: permit, in: clinic)
            return saved.shown(at: permit.tenant)
        }
    }
}
