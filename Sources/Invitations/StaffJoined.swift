import Identity
import JSON
import Outbox
import Vocabulary

/// Somebody has accepted to work here, as what they were invited.
struct StaffJoined: Event {
    static let kind = "staff.joined"

    let staff: ID<StaffMember>
    let invitation: ID<Invitation>

    var subject: ID<StaffMember> { staff }
    var version: Int32 { 1 }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("staff", staff)
        writer.member("invitation", invitation)
    }
}
