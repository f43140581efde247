public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Reads a role that the chain has for its clinics.
public struct ReadRoleTemplate: Endpoint {
    /// `GET /v1/role-templates/{template}`
    public static let route = Route.get("/v1/role-templates/{template}")
    /// What it does.
    public static let summary = "Read a template of the clinic's chain with every version it had."
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeStaff>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any person.
    public static let audit = Audit.silent
    /// It may be another chain's, or nobody's.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The template.") var template: ID<RoleTemplate>

    /// Inputs still empty.
    public init() {}

    /// Versions are only ever added, so that two reads cannot contradict each other.
    public func respond(to permit: Permit<SeeStaff>) async throws -> RoleTemplateHistory {
        let tenant = permit.tenant.id
        let found: RoleTemplate = try await permit.clinic.found(RoleTemplate.withID(template, in: tenant))
        let versions: [RoleTemplateVersion] = try await permit.clinic.rows(
            RoleTemplateVersion.all(of: template, in: tenant))
        return RoleTemplateHistory(template: found, versions: versions)
    }
}
