import JSON
import Outbox
import Vocabulary

/// Something happened to a grant: which agent's it is and when it ends, by id.
protocol OfSupportGrant: Event where Subject == SupportGrant {
    var grant: SupportGrant { get }
}

extension OfSupportGrant {
    var subject: ID<SupportGrant> { grant.id }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("agent", grant.agent)
        writer.member("ends_at", grant.endsAt)
    }
}

/// Somebody of the platform may come in from now on.
struct SupportOpened: Event, OfSupportGrant {
    static let kind = "support.opened"

    let grant: SupportGrant

    var version: Int32 { 1 }
}

/// They have come in for the first time.
struct SupportEntered: Event, OfSupportGrant {
    static let kind = "support.entered"

    let grant: SupportGrant

    var version: Int32 { 2 }
}

/// They may come in no longer, and whoever was in is out.
struct SupportEnded: Event, OfSupportGrant {
    static let kind = "support.ended"

    let grant: SupportGrant

    var version: Int32 { 3 }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("agent", grant.agent)
        writer.member("ended_at", grant.endedAt)
    }
}
