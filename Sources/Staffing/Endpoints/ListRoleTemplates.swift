public import Access
import Database
public import EndpointKit
import Roles
public import Shapes
import Tenancy
import Vocabulary

/// Lists the roles that the chain has for its clinics.
public struct ListRoleTemplates: Endpoint {
    /// `GET /v1/role-templates`
    public static let route = Route.get("/v1/role-templates")
    /// What it does.
    public static let summary =
        "List the roles that the clinic's chain offers, and which the clinic has adopted."
    /// What a caller must know.
    public static let details = """
        A role that is behind its template stays as it is until the clinic takes the new version up: \
        `POST /v1/roles/preview` with the role and the template tells beforehand who gains and loses what. A clinic that \
        belongs to no chain finds nothing here.
        """
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeStaff>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any person.
    public static let audit = Audit.silent

    /// Inputs still empty.
    public init() {}

    /// Two reads: what the chain offers, and what the clinic has made of it.
    public func respond(to permit: Permit<SeeStaff>) async throws -> RoleTemplateList {
        let templates: [RoleTemplate] = try await permit.clinic.rows(RoleTemplate.all(in: permit.tenant.id))
        let roles: [OwnRole] = try await permit.clinic.rows(OwnRole.live(in: permit.tenant.id))
        return RoleTemplateList(items: templates.map { OfferedTemplate(template: $0, among: roles) })
    }
}

/// What a chain offers its clinics.
public struct RoleTemplateList: Output {
    let items: [OfferedTemplate]

    /// The answer's members.
    public static let shape = OutputShape<RoleTemplateList> {
        Out("items", "The templates that can be adopted, by their words.") { $0.items }
    }
}

/// A template, and what this clinic has made of it.
public struct OfferedTemplate: Output {
    /// A role that was adopted from it.
    public struct Adopted: Output {
        let role: OwnRole
        let template: AdoptedTemplate

        /// The answer's members.
        public static let shape = OutputShape<Adopted> {
            Out("role", "The clinic's role.") { $0.role.id }
            Out("name", "As it is given.", example: "own.front-desk") { $0.role.name.text }
            Out("taken_up", "How far the clinic has followed the template.") { $0.template }
        }
    }

    let template: RoleTemplate
    let adopted: [Adopted]

    init(template: RoleTemplate, among roles: [OwnRole]) {
        self.template = template
        adopted = roles.compactMap { role in
            role.template.flatMap { $0.template == template.id ? Adopted(role: role, template: $0) : nil }
        }
    }

    /// The answer's members.
    public static let shape = OutputShape<OfferedTemplate> {
        Out("template", "The template.") { $0.template }
        Out("adopted", "The clinic's roles that were adopted from it.") { $0.adopted }
    }
}
