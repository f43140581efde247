public import Database

/// What a clinic's rows need by the clock and nobody waits for: most sweeps forget what is over.
///
/// It comes back for every open clinic, by UTC, at a minute of each clinic's own, however many instances run.
public struct Sweep: Sendable {
    /// What is done to a clinic's rows.
    public typealias Work = nonisolated(nonsending) @Sendable (borrowing Transaction) async throws -> Void

    /// Where all of them wait.
    static let lane = Lane.retention

    /// The word by which workers know it. Never renamed.
    let kind: String
    let recurrence: Recurrence
    let run: JobHandlers.Sweeping

    /// What is done in one transaction, with which the job goes as well.
    public init(
        _ kind: String, _ recurrence: Recurrence = .daily(hour: 3),
        _ work: @escaping Work
    ) {
        self.init(kind, recurrence, carryingOut: { try await $0.finish(work) })
    }

    /// What takes more than a transaction: something is said or counted when it is committed.
    public init(
        _ kind: String, _ recurrence: Recurrence = .daily(hour: 3),
        carryingOut run: @escaping @Sendable (JobContext) async throws -> JobOutcome
    ) { (self.kind, self.recurrence, self.run) = (kind, recurrence, run) }
}
