import JSON
import Outbox
import Records
import Vocabulary

/// Somebody has opened a record in an emergency.
struct EmergencyOpened: Event {
    static let kind = "emergency.opened"

    let emergency: EmergencyAccess

    var subject: ID<EmergencyAccess> { emergency.id }
    var version: Int32 { 1 }

    /// Who and whose, by id; why is for those alone who review it.
    func writePayload(to writer: inout JSONWriter) {
        writer.member("staff", emergency.staff)
        writer.member("patient", emergency.patient)
        writer.member("ends_at", emergency.endsAt)
    }
}

/// Somebody else has looked at it.
struct EmergencyReviewed: Event {
    static let kind = "emergency.reviewed"

    let emergency: EmergencyAccess

    var subject: ID<EmergencyAccess> { emergency.id }
    var version: Int32 { 2 }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("staff", emergency.staff)
        writer.member("verdict", emergency.review?.verdict.rawValue)
    }
}
