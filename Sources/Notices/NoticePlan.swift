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

    /// A reminder comes a day before, and only where the appointment was made well before that.
    private static let (ahead, noticeMin) = (Duration.seconds(86_400), Duration.seconds(2 * 3600))
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
                [draft(word, .appointment, event, confirmed), reminder(event, start)]
            case "appointment.cancelled": [draft("appointment.cancelled", .appointment, event, start)]
            default: [MessageDraft?]()
            }
        return drafts.compactMap(\.self)
    }

    private func reminder(_ event: RecordedEvent, _ start: Instant) -> MessageDraft? {
        let time = start - Self.ahead
        guard time - event.at >= Self.noticeMin else { return nil }
        var reminder = draft("appointment.reminder", .reminder, event, start - Self.useful)
        reminder?.notBefore = time
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
