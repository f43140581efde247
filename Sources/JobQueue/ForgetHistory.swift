public import JSON
public import Database
public import Outbox
public import Telemetry
import Vocabulary

/// Forgets, once a day and clinic, events of more than a week ago that every reader has read, and the counts
/// of jobs of earlier weeks.
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
    private static let unreadKept = Duration.seconds(30 * 86_400)

    /// There is nothing to say.
    public init(payload: JSON) {}
    /// There is nothing to say.
    public func writePayload(to writer: inout JSONWriter) {}

    /// Deletes, and takes the job away with the same commit. What the slowest reader, whose place is asked
    /// for, has not read is kept for a month; then it is forgotten too, aloud.
    public func run(
        in context: JobContext, counting unread: Counter,
        slowest place:
            nonisolated(nonsending) (borrowing Transaction) async throws
            -> OutboxPosition
    ) async throws -> JobOutcome {
        var gone: ForgottenEvents?
        let outcome = try await context.finish { clinic in
            gone = try await Outbox.forget(
                olderThan: Self.eventsKept, readUpTo: try await place(clinic),
                unreadOlderThan: Self.unreadKept, in: clinic)
            JobCounts.forget(in: clinic)
        }
        if let gone, gone.unread > 0 {
            unread.add(UInt64(gone.unread))
            context.log.error(
                "events were forgotten that nobody had been told of",
                ["clinic": .int(Int(context.clinic.tenant.number)), "events": .int(gone.unread)])
        }
        return outcome
    }
}
