import EndpointKit
public import Roles
public import Shapes
public import Vocabulary

/// A role that a chain has for its clinics, in the version that is live. A clinic that wants it adopts it,
/// and has a role of its own from then on.
public struct RoleTemplate: Identified, Sendable {
    /// `tpl_…`
    public static let idPrefix: StaticString = "tpl"
    /// How many a chain may have, retired ones not counted.
    static let most = 100

    /// Names the template.
    public let id: ID<RoleTemplate>
    /// The chain's short word for it.
    public let slug: Slug
    /// What people call it.
    public let title: String
    /// Which version is live.
    public let version: Int32
    /// What it allows.
    public let definition: RoleDefinition
    /// What of it clinics may narrow, and never widen.
    public let locked: [LockableField]
    /// When the version was published.
    public let publishedAt: Instant
    /// Since when it can be adopted no more; it binds nobody either.
    public let retiredAt: Instant?

    /// Where it can be read.
    static func path(of id: ID<RoleTemplate>) -> String { "/v1/role-templates/\(id.text)" }

    /// Throws where a definition is wider than the template in what is locked, naming each such field.
    func check(_ definition: RoleDefinition) throws(Problem) {
        guard retiredAt == nil else { return }
        let complaints = definition.widened(beyond: self.definition, in: locked).map { field in
            Complaint(
                pointer: "/definition/\(field.rawValue)", code: "locked",
                detail: "must be no wider than the chain's template, which locks it")
        }
        guard complaints.isEmpty else { throw .invalidInput(complaints) }
    }
}

extension RoleTemplate: Output {
    /// The answer's members.
    public static let shape = OutputShape<RoleTemplate> {
        Out("id", "The template.") { $0.id }
        Out("slug", "The chain's short word for it.", example: "front-desk") { $0.slug.text }
        Out("title", "What people call it.", example: "Front desk") { $0.title }
        Out("version", "The live version.", example: 1) { $0.version }
        Out("definition", "What it is made of.") { $0.definition }
        Out("locked", "What clinics may narrow, and never widen.") { $0.locked }
        Out("published_at", "When the version was published.") { $0.publishedAt }
        Out("retired_at", "Since when it can be adopted no more.") { $0.retiredAt }
    }
}

/// One of a template's versions.
public struct RoleTemplateVersion: Output {
    let version: Int32
    let definition: RoleDefinition
    let locked: [LockableField]
    let publishedAt: Instant

    /// The answer's members.
    public static let shape = OutputShape<RoleTemplateVersion> {
        Out("version", "Which.", example: 1) { $0.version }
        Out("definition", "What it was made of.") { $0.definition }
        Out("locked", "What clinics might narrow, and not widen.") { $0.locked }
        Out("published_at", "When.") { $0.publishedAt }
    }
}

/// Which template a clinic's role was adopted from, and how far the clinic has followed it.
public struct AdoptedTemplate: Sendable {
    /// Which.
    public let template: ID<RoleTemplate>
    /// The version that the clinic has taken up.
    public let version: Int32
    /// The version that is live; nil where the template was retired, or is another chain's by now.
    public let liveVersion: Int32?
    /// What the live version locks.
    public let locked: [LockableField]
}

extension AdoptedTemplate: Output {
    /// The answer's members.
    public static let shape = OutputShape<AdoptedTemplate> {
        Out("template", "The template.") { $0.template }
        Out("version", "The version that the clinic has taken up.", example: 1) { $0.version }
        Out("live_version", "The version that is live; null where it binds nobody any more.", example: 2) {
            $0.liveVersion
        }
        Out("is_behind", "Whether there is a version to take up.") { adopted in
            adopted.liveVersion.map { $0 > adopted.version } ?? false
        }
        Out("locked", "What the clinic may narrow, and not widen.") { $0.locked }
    }
}

/// A template with everything it ever was.
public struct RoleTemplateHistory: Output {
    let template: RoleTemplate
    let versions: [RoleTemplateVersion]

    /// The answer's members.
    public static let shape = OutputShape<RoleTemplateHistory> {
        Out("template", "The template as it is.") { $0.template }
        Out("versions", "The latest first; at most 200.") { $0.versions }
    }
}
