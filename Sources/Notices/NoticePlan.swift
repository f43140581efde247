import Database
import JSON
import Messaging
import Outbox
import Vocabulary

/// Which messages follow from an event: decided from what the event says, for one clinic's channels.
struct NoticePlan {
    /// The best one first.
    let channels: [MessageChannel]
    let now: Instant

    /// How long before a visit its patient is reminded of it.
    let reminders: [Duration]

    /// Only where the appointment was made well before a reminder of it.
    private static let noticeMin = Duration.seconds(2 * 3600)
    /// Later than this nobody can act on a reminder.
    private static let useful = Duration.seconds(3600)
    /// A confirmation that is later than this confirms nothing.
    private static let confirmation = Duration.seconds(6 * 3600)

    func drafts(for event: RecordedEvent) -> [MessageDraft] {
        guard let json = try? JSON(parsing: event.payload.bytes),
            let start = json["start"]?.stringValue.flatMap({ Instant(text: $0) })
        else { return [] }
        let confirmed = min(start, event.at + Self.confirmation)
        // One that takes another's place is told as a new time; what it replaces is not told of.
        let word = json["rescheduled_from"]?.stringValue == nil ? "appointment.booked" : "appointment.moved"
        let drafts =
            switch event.kind {
            case "appointment.booked":
                [draft(word, .appointment, event, confirmed)]
                    + reminders.map { reminder(of: event, $0, before: start) }
            case "appointment.cancelled": [draft("appointment.cancelled", .appointment, event, start)]
            default: [MessageDraft?]()
            }
        return drafts.compactMap(\.self)
    }

    /// Each reminder is a message of its own: the key names how long before it comes.
    private func reminder(
        of event: RecordedEvent, _ ahead: Duration, before start: Instant
    ) -> MessageDraft? {
        let time = start - ahead
        guard time - event.at >= Self.noticeMin else { return nil }
        let useful = min(Self.useful, ahead / 2)
        var reminder = draft("appointment.reminder", .reminder, event, start - useful)
        reminder?.notBefore = time
        reminder?.key += " \(ahead.components.seconds / 3600)h"
        return reminder
    }

    /// Nil for what is over already: a relay that was away does not tell old news.
    private func draft(
        _ template: String, _ category: MessageCategory, _ event: RecordedEvent, _ expiresAt: Instant
    ) -> MessageDraft? {
        guard now < expiresAt else { return nil }
        let subject = MessageSubject(
            kind: AppointmentReader.kind, id: event.subject, version: event.version)
        return MessageDraft(
            key: "\(template) \(event.subject) \(event.version)", category, by: channels, template: template,
            about: subject, expiresAt: expiresAt)
    }
}
