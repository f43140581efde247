import Identity
public import Roles
public import Shapes
import Tenancy
public import Vocabulary

/// A role that a clinic has made for itself, in the version that is live.
public struct OwnRole: Identified, Sendable {
    /// `rol_…`
    public static let idPrefix: StaticString = "rol"
    /// How many a clinic may have, retired ones not counted.
    static let most = 100

    /// Names the role.
    public let id: ID<OwnRole>
    /// The clinic's short word for it: it is given as `own.` and this.
    public let slug: Slug
    /// What people call it.
    public let title: String
    /// Which version is live.
    public let version: Int32
    /// What it allows.
    public let definition: RoleDefinition
    /// Who saved the version.
    public let savedBy: UniqueID
    /// When the version was saved.
    public let savedAt: Instant
    /// Since when it holds nothing any more.
    public let retiredAt: Instant?
    /// The template of the chain's that it was adopted from; nil where the clinic made it by itself.
    public let template: AdoptedTemplate?
    /// The plugins where it is shown.
    private var plugins: [ClinicPlugin] = []

    init(
        id: ID<OwnRole>, slug: Slug, title: String, version: Int32, definition: RoleDefinition,
        savedBy: UniqueID, savedAt: Instant, retiredAt: Instant? = nil,
        template: AdoptedTemplate? = nil
    ) {
        (self.id, self.slug, self.title, self.version) = (id, slug, title, version)
        (self.definition, self.savedBy, self.savedAt) = (definition, savedBy, savedAt)
        (self.retiredAt, self.template) = (retiredAt, template)
    }

    /// The same role as it is shown at the clinic.
    func shown(at tenant: Tenant) -> OwnRole {
        var role = self
        role.plugins = tenant.plugins
        return role
    }

    /// As it is given.
    var name: RoleName { .own(slug) }
    /// What it allows, worked out.
    var table: RightTable { retiredAt == nil ? RightTable(definition) : .nothing }

    /// Where it can be read.
    static func path(of id: ID<OwnRole>) -> String { "/v1/roles/\(id.text)" }
}

extension OwnRole: Output {
    /// The answer's members.
    public static let shape = OutputShape<OwnRole> {
        Out("id", "The role.") { $0.id }
        Out("name", "As it is given.", example: "own.front-desk") { $0.name.text }
        Out("title", "What people call it.", example: "Front desk") { $0.title }
        Out("version", "The live version.", example: 1) { $0.version }
        Out("definition", "What it is made of.") { $0.definition }
        Out("rights", "What it allows.") { $0.table.all(with: $0.plugins).map(MatrixRight.init) }
        Out("saved_by", "Who saved the version.") { ID<StaffMember>($0.savedBy) }
        Out("saved_at", "When the version was saved.") { $0.savedAt }
        Out("retired_at", "Since when it holds nothing any more.") { $0.retiredAt }
        Out("template", "The chain's template that it was adopted from.") { $0.template }
    }
}

/// One of a role's versions.
public struct OwnRoleVersion: Output {
    let version: Int32
    let definition: RoleDefinition
    let savedBy: UniqueID
    let savedAt: Instant

    /// The answer's members.
    public static let shape = OutputShape<OwnRoleVersion> {
        Out("version", "Which.", example: 1) { $0.version }
        Out("definition", "What the role was made of.") { $0.definition }
        Out("saved_by", "Who saved it.") { ID<StaffMember>($0.savedBy) }
        Out("saved_at", "When.") { $0.savedAt }
    }
}

/// A role with everything it ever was.
public struct OwnRoleHistory: Output {
    let role: OwnRole
    let versions: [OwnRoleVersion]

    /// The answer's members.
    public static let shape = OutputShape<OwnRoleHistory> {
        Out("role", "The role as it is.") { $0.role }
        Out("versions", "The latest first; at most 200.") { $0.versions }
    }
}
