public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Publishes a role for all clinics of a chain.
public struct PublishRoleTemplate: Endpoint {
    /// `POST /v1/role-templates`
    public static let route = Route.post("/v1/role-templates")
    /// What it does.
    public static let summary = "Publish a role that every clinic of the chain can adopt."
    /// What a caller must know.
    public static let details = """
        Nobody has it until a clinic adopts it and gives it to somebody. It allows nothing that a clinic's administrator \
        could not give; of what plugins declare a clinic adopts only what its own plugins know. Clinics may narrow a locked \
        field, and change the others as any role of theirs.
        """
    /// Whoever owns the chain.
    public static let access = Access<
        Fresh<Equipped<Permit<PublishTemplates>, InstalledPlugins>>
    >.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// What was published is kept in the trail of the clinic at which its publisher works.
    public static let audit = Audit.changes("role_template")
    /// The word may be taken, and the clinic may belong to no chain.
    public static let problems: [ProblemCode] = [.conflict]

    @In(.body, "The chain's short word for it.") var slug: Slug
    @In(.body, "What people call it.", .length(1...100)) var title: String
    @In(.body, "What it is made of.") var definition: RoleDefinition
    @In(.body, "What clinics may narrow, and never widen.", .count(0...5)) var locked: [LockableField] = []

    /// Inputs still empty.
    public init() {}

    /// The template, its first version and the line about them are one transaction.
    public func respond(
        to fresh: Fresh<Equipped<Permit<PublishTemplates>, InstalledPlugins>>
    ) async throws -> Created<RoleTemplate> {
        let permit = fresh.request.request
        try fresh.request.tool.check(definition, of: permit)
        let template = RoleTemplate(
            id: .random(at: permit.now), slug: slug, title: title, version: 1, definition: definition,
            locked: locked, publishedAt: permit.now, retiredAt: nil)
        do {
            return try await permit.write { clinic in
                guard try await template.insert(in: clinic) else {
                    throw Problem.conflict("A chain has at most \(RoleTemplate.most) templates.")
                }
                AuditTrail.record(
                    AuditEvent(PublishTemplates.permission, of: "role_template", template.id.unique),
                    by: permit, in: clinic)
                return Created(template, at: RoleTemplate.path(of: template.id))
            }
        } catch let error as DatabaseError {
            guard error.constraint == "role_template_slug_is_free" else { throw error }
            throw Problem.conflict("A template of the chain's has this word already, or had it.")
        }
    }
}

extension InstalledPlugins {
    /// Throws unless the definition can be published: by somebody of a chain, of what there is, and of what
    /// its publisher could give to people at a clinic that had every plugin.
    func check<A: Act>(_ definition: RoleDefinition, of permit: Permit<A>) throws(Problem) {
        guard permit.tenant.organisation != nil else {
            throw .conflict("This clinic belongs to no chain.")
        }
        try definition.check(at: permit.now, with: plugins)
        try Passing(permit.caller, at: permit.now, with: plugins)
            .check(RightTable(definition).named(with: plugins))
    }
}
