public import Records
public import Tenancy
public import Vocabulary

/// The promise: who, with whom, where, when. It is kept for ever; only what it takes can be given back.
public struct Appointment: Identified, Sendable {
    /// `apt_…`
    public static let idPrefix: StaticString = "apt"

    /// Where the promise stands. What happens inside a visit is not told here.
    public enum Stage: String, CaseIterable, Sendable {
        case requested, declined, expired, booked, arrived, begun, finished, aborted, left, missed, cancelled
        case rescheduled
        case enteredInError = "entered-in-error"

        /// As people say it.
        var words: String { rawValue.split(separator: "-").joined(separator: " ") }

        /// Whether the patient is still expected, so that it can be called off.
        var isCancellable: Bool { isMovable || self == .arrived }

        /// Whether nothing of it has happened yet, so that another time can take its place.
        var isMovable: Bool { self == .booked || self == .requested }
    }

    /// The appointment.
    public let id: ID<Appointment>
    /// Who is treated.
    public let patient: ID<Patient>
    /// By whom.
    public let practitioner: ID<Practitioner>
    /// Where.
    public let location: ID<Location>
    /// What kind of visit, in its specialty's words.
    public let visitType: String
    /// When; buffers are not part of it.
    public let slot: Slot
    /// The zone of the wall clock by which it was agreed.
    public let zone: String
    /// Where it stands.
    public let stage: Stage
    /// Counts the changes.
    public let version: Int32
    /// Why the patient comes, in the words of whoever booked.
    public let reason: String?
    /// The appointment whose place it took.
    public let rescheduledFrom: ID<Appointment>?
    /// The appointment that took its place.
    public let rescheduledTo: ID<Appointment>?
    /// When it was booked.
    public let createdAt: Instant
    /// When it was called off.
    public let cancelledAt: Instant?
    /// Why it was called off.
    public let cancelReason: String?
}
