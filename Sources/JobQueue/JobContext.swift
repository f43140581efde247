public import Database
public import Telemetry
public import Vocabulary

/// What a handler works with: the clinic of the job's row, and the row itself.
public struct JobContext: Sendable {
    /// Names the job: the idempotency token for effects outside of the database.
    public let id: ID<WaitingJob>
    /// The clinic, as the database shows it. There is no way to another one from here.
    public let clinic: TenantDatabase
    /// How many tries have failed before this one.
    public let failedTries: Int
    /// When it was enqueued.
    public let enqueuedAt: Instant
    /// The key that it is unique by, if it has one.
    public let key: String?
    /// Where the handler may say something; never a word of a person's.
    public let log: Log
    /// What proves that the row is still this try's.
    let hold: Hold

    /// Whose the row is: the worker's, for the so-manieth taking.
    struct Hold: Sendable, Hashable {
        let worker: UniqueID
        let taken: Int32
    }
}

/// The job was given to another worker, or cancelled, while this one was at it: nothing of this try may stay.
struct JobTakenAway: Error {}
