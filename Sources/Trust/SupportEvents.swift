import JSON
import Outbox
import Vocabulary

/// Somebody of the platform may come in from now on.
struct SupportOpened: Event {
    static let kind = "support.opened"

    let grant: SupportGrant

    var subject: ID<SupportGrant> { grant.id }
    var version: Int32 { 1 }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("agent", grant.agent)
        writer.member("ends_at", grant.endsAt)
    }
}

/// They have come in for the first time.
struct SupportEntered: Event {
    static let kind = "support.entered"

    let grant: SupportGrant

    var subject: ID<SupportGrant> { grant.id }
    var version: Int32 { 2 }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("agent", grant.agent)
        writer.member("ends_at", grant.endsAt)
    }
}

/// They may come in no longer, and whoever was in is out.
struct SupportEnded: Event {
    static let kind = "support.ended"

    let grant: SupportGrant

    var subject: ID<SupportGrant> { grant.id }
    var version: Int32 { 3 }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("agent", grant.agent)
        writer.member("ended_at", grant.endedAt)
    }
}
