import Messaging
import Trust
import Vocabulary

/// That one person is told of one emergency: the patient, or somebody who answers for them.
struct EmergencyNotice {
    let id: UniqueID
    let emergency: ID<EmergencyAccess>
    /// As whom they are known here: guardians are patients too.
    let recipient: UniqueID
    /// Whose record it was.
    let patient: UniqueID

    /// Words about somebody's own record, or about their ward's.
    var template: String { recipient == patient ? "record.opened" : "record.opened-of-ward" }

    /// What is sent: by these channels, when the night is over, and for some days, in which a gateway may
    /// come back.
    func draft(by channels: [MessageChannel], at now: Instant) -> MessageDraft {
        MessageDraft(
            key: "\(template) \(id)", .record, by: channels, template: template,
            about: MessageSubject(kind: EmergencyReader.kind, id: id, version: EmergencyReader.version),
            expiresAt: now + Self.useful)
    }

    /// What is shown to whoever looks.
    func shown(of opened: OpenedRecord, at now: Instant) -> ShownDraft {
        ShownDraft(
            template, ["start": opened.at.text, "zone": opened.zone, "role": opened.role],
            about: EmergencyReader.kind, id, at: now)
    }

    private static let useful = Duration.seconds(3 * 86_400)
}

/// The emergency as it is told: never why, never what was read.
struct OpenedRecord {
    let role: String
    let at: Instant
    let patient: UniqueID
    let birthDate: Day
    let zone: String
}
