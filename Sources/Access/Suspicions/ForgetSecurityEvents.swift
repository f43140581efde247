import Database
public import JSON
public import JobQueue

/// Forgets, once a day and clinic, patterns of more than a year ago. What each request did stays in the
/// audit trail.
public struct ForgetSecurityEvents: RecurringJob {
    /// Never renamed.
    public static let kind = "forget-security-events"
    /// Nobody waits for it.
    public static let lane = Lane.retention
    /// Every day.
    public static let recurrence = Recurrence.daily(hour: 4)
    /// Each clinic at a minute of its own.
    public static let per = RecurrencePlace.clinic

    /// There is nothing to say.
    public init(payload: JSON) {}
    /// There is nothing to say.
    public func writePayload(to writer: inout JSONWriter) {}

    /// Deletes, and takes the job away with the same commit.
    public func run(in context: JobContext) async throws -> JobOutcome {
        try await context.finish { clinic in
            clinic.queue(SecurityEvent.forgetOld(in: clinic.tenant))
        }
    }
}
