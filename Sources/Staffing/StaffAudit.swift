import Access
import Database
import Identity
import JSON
import Roles
import Vocabulary

/// Lines of the trail about roles: what it was before, and what it is now.
enum StaffAudit {
    static func role(
        _ permission: Permission, _ id: ID<OwnRole>, from old: OwnRole?, to new: OwnRole?
    ) -> AuditEvent {
        AuditEvent(
            permission, of: "role", id.unique, detail: ["old": json(of: old), "new": json(of: new)])
    }

    static func given(_ permission: Permission, _ outcome: RoleChange.Outcome) -> AuditEvent {
        let (before, after) = (outcome.before.first, outcome.after.first)
        return AuditEvent(
            permission, of: "staff_member", before?.id.unique,
            detail: ["old": json(of: before?.roles), "new": json(of: after?.roles)])
    }

    private static func json(of role: OwnRole?) -> JSON {
        guard let role, let definition = try? JSON(parsing: role.definition.jsonText) else { return .null }
        return [
            "name": .string(role.name.text), "title": .string(role.title),
            "version": .integer(Int64(role.version)), "definition": definition,
        ]
    }

    private static func json(of roles: [GivenRole]?) -> JSON {
        .array(
            (roles ?? []).map { given in
                var words = given.role.text
                if let location = given.location { words += " at \(location.text)" }
                if let until = given.until { words += " until \(until.text)" }
                return .string(words)
            })
    }
}
