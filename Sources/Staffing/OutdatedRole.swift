import JSON
import Outbox
import Roles
import Vocabulary

/// A clinic's role of whose template the chain has published a newer version than the clinic has taken up.
struct OutdatedRole {
    let id: ID<OwnRole>
    /// The template's live version.
    let liveVersion: Int32
}

/// Somebody should look at what a newer version of a chain's template would change, and take it up or not.
struct RoleOutdated: Event {
    static let kind = "role.outdated"

    let role: OutdatedRole

    var subject: ID<OwnRole> { role.id }
    var version: Int32 { role.liveVersion }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("template_version", Int(role.liveVersion))
    }
}
