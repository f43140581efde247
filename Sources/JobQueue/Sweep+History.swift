public import Database
public import Outbox
public import Telemetry
import Vocabulary

extension Sweep {
    private static let eventsKept = Duration.seconds(7 * 86_400)
    private static let unreadKept = Duration.seconds(30 * 86_400)

    /// Forgets, once a day, events of more than a week ago that every reader has read, and the counts of jobs
    /// of earlier weeks. What the slowest reader, whose place is asked for, has not read is kept for a month;
    /// then it is forgotten too, aloud.
    public static func history(
        counting unread: Counter,
        slowest place: @escaping @Sendable (borrowing Transaction) async throws -> OutboxPosition
    ) -> Sweep {
        Sweep("forget-history", .daily(hour: 1), carryingOut: { try await forget(in: $0, unread, place) })
    }

    private static func forget(
        in context: JobContext, _ unread: Counter,
        _ place: @Sendable (borrowing Transaction) async throws -> OutboxPosition
    ) async throws -> JobOutcome {
        var gone: ForgottenEvents?
        let outcome = try await context.finish { clinic in
            gone = try await Outbox.forget(
                olderThan: eventsKept, readUpTo: try await place(clinic),
                unreadOlderThan: unreadKept, in: clinic)
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
