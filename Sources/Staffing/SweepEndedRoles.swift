public import JSON
public import JobQueue

/// Takes away, every hour, roles that were given until a moment that is over. They hold nothing from that
/// moment on; this is for the reader of the list, and for the trail.
public struct SweepEndedRoles: RecurringJob {
    /// `sweep-ended-roles`
    public static let kind = "sweep-ended-roles"
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
