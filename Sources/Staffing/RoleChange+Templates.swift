import Access
import Database
import EndpointKit
import Identity
import JSON
import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

extension RoleChange {
    /// A clinic's role out of a template: as the template has it, or narrower where the clinic says so.
    struct Adoption: Sendable {
        let template: ID<RoleTemplate>
        let role: ID<OwnRole>
        let slug: Slug
        let title: String?
        let definition: RoleDefinition?
    }

    /// Whoever adopts a template answers for what it allows as if they had made the role themselves.
    static func adopt(
        _ adoption: Adoption, by maker: Maker, in clinic: borrowing Transaction
    ) async throws -> Outcome {
        let template = try await live(adoption.template, in: clinic)
        guard template.retiredAt == nil else { throw Problem.conflict("This template has been retired.") }
        let definition = adoption.definition ?? template.definition
        try template.check(definition)
        return try await make(
            OwnRole(
                id: adoption.role, slug: adoption.slug, title: adoption.title ?? template.title, version: 1,
                definition: definition, savedBy: maker.caller.id, savedAt: maker.now,
                template: AdoptedTemplate(
                    template: template.id, version: template.version, liveVersion: template.version,
                    locked: template.locked)),
            by: maker, in: clinic)
    }

    /// The role as the live version of its template has it, with what the clinic has changed as far as that
    /// may stay.
    static func takeUp(
        _ id: ID<OwnRole>, _ version: Int32, by maker: Maker, in clinic: borrowing Transaction
    ) async throws -> Outcome {
        let old = try await found(id, in: clinic)
        guard let adopted = old.template, let liveVersion = adopted.liveVersion else {
            throw Problem.conflict("No template of the chain stands behind this role.")
        }
        guard liveVersion > adopted.version else {
            throw Problem.conflict("The role is as its template is already.")
        }
        let template = try await live(adopted.template, in: clinic)
        let before: RoleTemplateVersion? = try await clinic.row(
            RoleTemplateVersion.numbered(adopted.version, of: adopted.template, in: clinic.tenant))
        let merged = old.definition.following(
            template.definition, from: before?.definition ?? template.definition, locked: template.locked)
        let taken = AdoptedTemplate(
            template: template.id, version: template.version, liveVersion: template.version,
            locked: template.locked)
        return try await save(
            old, try valid(merged), nil, version, following: taken, by: maker, in: clinic)
    }

    /// What a saved role must not be wider than; nil for a role that answers to no template.
    static func template(
        of role: OwnRole, in clinic: borrowing Transaction
    ) async throws -> RoleTemplate? {
        guard let adopted = role.template, adopted.liveVersion != nil else { return nil }
        return try await live(adopted.template, in: clinic)
    }

    private static func live(
        _ id: ID<RoleTemplate>, in clinic: borrowing Transaction
    ) async throws -> RoleTemplate {
        try await clinic.found(RoleTemplate.withID(id, in: clinic.tenant))
    }

    /// Two definitions that are well may make one that is not: too long, or with duties that stay apart.
    private static func valid(_ merged: RoleDefinition) throws -> RoleDefinition {
        guard let json = try? JSON(parsing: merged.jsonText),
            let read = try? RoleDefinition(reading: json)
        else {
            throw Problem.conflict(
                "What the clinic has changed and the template's new version do not go together. Save a "
                    + "version of the role that is closer to the template first.")
        }
        return read
    }
}
