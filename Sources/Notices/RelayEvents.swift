public import JSON
public import JobQueue
import Vocabulary

/// Reads a clinic's events on from where the last reading ended, and asks for the messages that follow.
public struct RelayEvents: RecurringJob {
    /// Never renamed.
    public static let kind = "relay-events"
    /// With the messages that it makes.
    public static let lane = Lane.notification
    /// For events whose notice nobody heard.
    public static let recurrence: Recurrence = {
        guard let rule = Recurrence("*/5 * * * *") else { preconditionFailure("this is a rule") }
        return rule
    }()
    /// Once a clinic.
    public static let per = RecurrencePlace.clinic
    /// One at a time: their places must not pass each other.
    static let line = "relay-events"

    /// Carries nothing.
    public init() {}

    /// Reads nothing.
    public init(payload: JSON) throws {}

    /// Writes nothing.
    public func writePayload(to writer: inout JSONWriter) {}
}
