import Identity
import JSON
import Messaging
import Records
import Scheduling
public import Vocabulary

/// Where a clinic wants to be told what happened.
public struct Webhook: Identified, Sendable {
    /// `whk_…`
    public static let idPrefix: StaticString = "whk"
    /// How many a clinic may have.
    static let most = 20

    /// Whether anything is told.
    public enum State: String, CaseIterable, Sendable {
        case enabled, disabled
    }

    /// Names the webhook.
    public let id: ID<Webhook>
    /// Where to.
    public let url: String
    /// Which events; none means all, those that will be added too.
    public let kinds: [WebhookEventKind]
    /// What it is for, in the clinic's words.
    public let description: String
    /// Whether anything is told.
    public let state: State
    /// Why nothing is told.
    public let disabledReason: DisabledReason?
    /// Since when nothing is told.
    public let disabledAt: Instant?
    /// Since when every delivery fails; nil when the last one arrived.
    public let failingSince: Instant?
    /// Counts the changes.
    public let version: Int32
    /// From when on events are told.
    public let createdAt: Instant
}

/// Why a webhook is told nothing.
public enum DisabledReason: String, CaseIterable, Sendable {
    /// Somebody of the clinic wished so.
    case asked
    /// It answered 410.
    case gone
    /// Nothing has arrived for a day.
    case failing
}

/// What can be told. A kind is never renamed.
public enum WebhookEventKind: String, CaseIterable, Sendable {
    case appointmentBooked = "appointment.booked"
    case appointmentRescheduled = "appointment.rescheduled"
    case appointmentCancelled = "appointment.cancelled"
    case holdPlaced = "hold.placed"
    case holdReleased = "hold.released"
    case patientRegistered = "patient.registered"
    case staffJoined = "staff.joined"
    case webhookDisabled = "webhook.disabled"
    case messageBudgetNearlyUsed = "message-budget.nearly-used"
    case messageBudgetUsed = "message-budget.used"

    /// Writes what an event of the kind is about: a kind that does not say does not compile. A test finds the
    /// events of all rooms and holds them against this list.
    func writeSubject(_ id: UniqueID, to writer: inout JSONWriter) {
        switch self {
        case .appointmentBooked, .appointmentRescheduled, .appointmentCancelled:
            writer.member("appointment", ID<Appointment>(id))
        case .holdPlaced, .holdReleased: writer.member("hold", ID<Hold>(id))
        case .patientRegistered: writer.member("patient", ID<Patient>(id))
        case .staffJoined: writer.member("staff", ID<StaffMember>(id))
        case .webhookDisabled: writer.member("webhook", ID<Webhook>(id))
        case .messageBudgetNearlyUsed, .messageBudgetUsed:
            writer.member("message_budget", ID<MessageBudget>(id))
        }
    }
}
