public import JSON
public import JobQueue

/// Forgets, every hour, a clinic's answers that were kept for retries and have expired: without it every
/// write ever made would keep its answer.
public struct SweepIdempotencyKeys: RecurringJob {
    /// `sweep-idempotency-keys`
    public static let kind = "sweep-idempotency-keys"
    /// Nobody waits for it.
    public static let lane = Lane.retention
    /// Every hour.
    public static let recurrence = Recurrence.hourly
    /// Each clinic at a minute of its own.
    public static let per = RecurrencePlace.clinic

    /// There is nothing to say.
    public init(payload: JSON) {}
    /// There is nothing to say.
    public func writePayload(to writer: inout JSONWriter) {}
}
