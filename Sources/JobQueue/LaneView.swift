public import Vocabulary

/// How a lane is, for operators.
public struct LaneView: Sendable {
    /// Which lane.
    public let lane: Lane
    /// How many of its jobs may run at once, in all and of one clinic.
    public let limits: Lane.Limits
    /// Jobs that could run now, counted up to `mostCounted`.
    public let ready: Int
    /// Jobs that run.
    public let running: Int
    /// Jobs that were given up, counted up to `mostCounted`.
    public let parked: Int
    /// How long the longest waiting ready job could have run, in seconds.
    public let oldestSeconds: Int
    /// Jobs that were done within this hour and the one before.
    public let done: Int
    /// Tries that failed within this hour and the one before.
    public let retried: Int

    /// Counting further would make a look at a deep lane as slow as the lane is deep.
    public static let mostCounted = 10_000
}

/// A job that is not finished, for operators.
public struct JobView: Sendable {
    /// Which job.
    public let id: ID<WaitingJob>
    /// Whose.
    public let tenant: TenantID
    /// Where it waits.
    public let lane: Lane
    /// What it does.
    public let kind: String
    /// `ready`, `behind`, `scheduled`, `later`, `running` or `parked`.
    public let state: String
    /// How many tries have failed.
    public let tries: Int
    /// After how many it is given up.
    public let triesMax: Int
    /// When it was left.
    public let enqueuedAt: Instant
    /// When it could run, or can.
    public let runAt: Instant
    /// Why it waits again, or was given up.
    public let reason: String?
}
