public import JSON
import Outbox
import Vocabulary

/// Forgets, once a day and clinic, events that every reader has had a week to read, and the counts of jobs of
/// earlier weeks.
public struct ForgetHistory: RecurringJob {
    /// `forget-history`
    public static let kind = "forget-history"
    /// Nobody waits for it.
    public static let lane = Lane.retention
    /// Every day.
    public static let recurrence = Recurrence.daily(hour: 1)
    /// Each clinic at a minute of its own.
    public static let per = RecurrencePlace.clinic

    private static let eventsKept = Duration.seconds(7 * 86_400)

    /// There is nothing to say.
    public init(payload: JSON) {}
    /// There is nothing to say.
    public func writePayload(to writer: inout JSONWriter) {}

    /// Deletes, and takes the job away with the same commit.
    public func run(in context: JobContext) async throws -> JobOutcome {
        try await context.finish { clinic in
            _ = try await Outbox.forget(olderThan: Self.eventsKept, in: clinic)
            JobCounts.forget(in: clinic)
        }
    }
}
