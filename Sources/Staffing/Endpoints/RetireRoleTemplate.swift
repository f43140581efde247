public import Access
import Database
public import EndpointKit
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes a template away from those who might still adopt it.
public struct RetireRoleTemplate: Endpoint {
    /// `DELETE /v1/role-templates/{template}`
    public static let route = Route.delete("/v1/role-templates/{template}")
    /// What it does.
    public static let summary =
        "Retire a template: no clinic can adopt it any more, and what was adopted is the clinics' own."
    /// What a caller must know.
    public static let details = "Nobody loses a right by it. One that was retired before is a conflict."
    /// Whoever owns the chain.
    public static let access = Access<Fresh<Permit<ChangeTemplates>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// That it was is kept in the trail of the clinic at which whoever did it works.
    public static let audit = Audit.changes("role_template")
    /// It may have been retired already.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The template.") var template: ID<RoleTemplate>

    /// Inputs still empty.
    public init() {}

    /// Nobody loses anything by it.
    public func respond(to fresh: Fresh<Permit<ChangeTemplates>>) async throws -> NoContent {
        let permit = fresh.request
        return try await permit.write { clinic in
            let _: RoleTemplate = try await clinic.found(RoleTemplate.withID(template, in: clinic.tenant))
            guard try await RoleTemplate.retire(template, at: permit.now, in: clinic) else {
                throw Problem.conflict("This template has been retired already.")
            }
            AuditTrail.record(
                AuditEvent(ChangeTemplates.permission, of: "role_template", template.unique), by: permit,
                in: clinic)
            return NoContent()
        }
    }
}
