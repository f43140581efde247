import Database
import Identity
import JSON
import Messaging
import Outbox
import Records
import Scheduling
import Vocabulary

/// Who is shown what about an event: decided from what the event says.
struct ShowingPlan: Equatable {
    /// Who is shown something.
    enum Audience: Hashable {
        case practitioner(ID<Practitioner>)
        case patient(ID<Patient>)
        /// Whoever runs the clinic.
        case administrators
        /// Whoever runs or audits it, but this one.
        case reviewers(but: ID<StaffMember>?)
        /// Somebody who works there.
        case staff(ID<StaffMember>)
    }

    let audiences: [Audience]
    let draft: ShownDraft

    /// Nil for what nobody is shown.
    init?(_ event: RecordedEvent) {
        guard let facts = try? JSON(parsing: event.payload.bytes) else { return nil }
        switch event.kind {
        case "appointment.booked", "appointment.cancelled":
            (audiences, draft) = (Self.parties(facts), Self.appointment(event, facts))
        case "webhook.disabled", "message-budget.nearly-used", "message-budget.used", "role.outdated":
            (audiences, draft) = ([.administrators], Self.machinery(event, facts))
        case "emergency.opened", "emergency.reviewed":
            guard let staff = facts["staff"]?.stringValue.flatMap({ ID<StaffMember>(text: $0) }) else {
                return nil
            }
            audiences = [event.kind == "emergency.opened" ? .reviewers(but: staff) : .staff(staff)]
            draft = ShownDraft(event.kind, [:], about: "emergency", event.subject, at: event.at)
        case "support.opened", "support.entered", "support.ended":
            // Whoever gave it is told as well: it may not have been them.
            (audiences, draft) = ([.reviewers(but: nil)], Self.machinery(event, facts))
        case "security.noticed": (audiences, draft) = ([.reviewers(but: nil)], Self.machinery(event, facts))
        default: return nil
        }
    }

    private static func parties(_ facts: JSON) -> [Audience] {
        let practitioner = facts["practitioner"]?.stringValue.flatMap { ID<Practitioner>(text: $0) }
        let patient = facts["patient"]?.stringValue.flatMap { ID<Patient>(text: $0) }
        return [practitioner.map(Audience.practitioner), patient.map(Audience.patient)].compactMap(\.self)
    }

    /// One that takes another's place is told as a new time, and what was said of the other one is over.
    private static func appointment(_ event: RecordedEvent, _ facts: JSON) -> ShownDraft {
        let replaced = facts["rescheduled_from"]?.stringValue.flatMap { ID<Appointment>(text: $0) }
        var draft = ShownDraft(
            replaced == nil ? event.kind : "appointment.moved", words(["start", "zone"], of: facts),
            about: "appointment", event.subject, at: event.at)
        draft.replaces = [replaced?.unique].compactMap(\.self)
        return draft
    }

    private static func machinery(_ event: RecordedEvent, _ facts: JSON) -> ShownDraft {
        ShownDraft(
            event.kind, words(["channel", "sent", "limit"], of: facts),
            about: String(event.kind.prefix { $0 != "." }), event.subject, at: event.at)
    }

    private static func words(_ names: [String], of facts: JSON) -> [String: String] {
        let found = names.compactMap { name in
            facts[name].flatMap { $0.stringValue ?? $0.integerValue.map { "\($0)" } }.map { (name, $0) }
        }
        return Dictionary(uniqueKeysWithValues: found)
    }
}
