public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Says anew what a template of the chain's is made of.
public struct PublishTemplateVersion: Endpoint {
    /// `POST /v1/role-templates/{template}/versions`
    public static let route = Route.post("/v1/role-templates/{template}/versions")
    /// What it does.
    public static let summary =
        "Publish a template's next version, which clinics take up by an act of their own."
    /// What a caller must know.
    public static let details = """
        It changes nothing at any clinic: each is shown that its role is behind, and its administrators are told within the \
        hour, once for each version. It takes the version up when it will, and cannot save a version of its role that is wider \
        than this one in what it locks.
        """
    /// Whoever owns the chain.
    public static let access = Access<
        Fresh<Equipped<Permit<ChangeTemplates>, InstalledPlugins>>
    >.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// What it was and what it became is kept in the trail of the clinic at which its publisher works.
    public static let audit = Audit.changes("role_template")
    /// Somebody else may have been faster.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The template.") var template: ID<RoleTemplate>
    @In(.body, "The version that this one was decided on.", .within(1...1_000_000)) var basedOn: Int32
    @In(.body, "What people call it; the same as before when it is not sent.", .length(1...100)) var title:
        String?
    @In(.body, "What it is made of.") var definition: RoleDefinition
    @In(.body, "What clinics may narrow, and never widen.", .count(0...5)) var locked: [LockableField] = []

    /// Inputs still empty.
    public init() {}

    /// The version, what it replaces and the line about both are one transaction.
    public func respond(
        to fresh: Fresh<Equipped<Permit<ChangeTemplates>, InstalledPlugins>>
    ) async throws -> RoleTemplate {
        let permit = fresh.request.request
        try fresh.request.tool.check(definition, of: permit)
        return try await permit.write { clinic in
            let known: RoleTemplate = try await clinic.found(RoleTemplate.withID(template, in: clinic.tenant))
            guard known.retiredAt == nil else { throw Problem.conflict("This template has been retired.") }
            let next = RoleTemplate(
                id: template, slug: known.slug, title: title ?? known.title, version: basedOn + 1,
                definition: definition, locked: locked, publishedAt: permit.now, retiredAt: nil)
            guard try await next.publish(in: clinic) else {
                throw Problem.conflict("Somebody else has published another version meanwhile.")
            }
            AuditTrail.record(
                AuditEvent(ChangeTemplates.permission, of: "role_template", template.unique), by: permit,
                in: clinic)
            return next
        }
    }
}
