public import JSON
public import JobQueue

/// Forgets, once a day and clinic, receipts of more than a month ago and shown messages of more than three.
public struct ForgetCorrespondence: RecurringJob {
    /// Never renamed.
    public static let kind = "forget-correspondence"
    /// Nobody waits for it.
    public static let lane = Lane.retention
    /// Every day.
    public static let recurrence = Recurrence.daily(hour: 3)
    /// Each clinic at a minute of its own.
    public static let per = RecurrencePlace.clinic

    /// There is nothing to say.
    public init(payload: JSON) {}
    /// There is nothing to say.
    public func writePayload(to writer: inout JSONWriter) {}
}
