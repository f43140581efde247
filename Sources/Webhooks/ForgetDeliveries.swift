public import JSON
public import JobQueue
import Vocabulary

/// Forgets, once a day and clinic, the log's lines of more than a month ago.
public struct ForgetDeliveries: RecurringJob {
    /// Never renamed.
    public static let kind = "forget-deliveries"
    /// Nobody waits for it.
    public static let lane = Lane.retention
    /// Every day.
    public static let recurrence = Recurrence.daily(hour: 2)
    /// Each clinic at a minute of its own.
    public static let per = RecurrencePlace.clinic

    static let kept = Duration.seconds(30 * 86_400)

    /// There is nothing to say.
    public init(payload: JSON) {}
    /// There is nothing to say.
    public func writePayload(to writer: inout JSONWriter) {}
}
