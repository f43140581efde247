public import JSON
public import Vocabulary

/// Work to do later, in the imperative: `SendReminder`.
///
/// The payload names things by id and says when; whose they are is never in it: a job runs inside the clinic
/// of its row. What it does is said where the program is put together (`JobHandlers`).
public protocol Job: Sendable {
    /// The word by which workers know the kind: `send-reminder`. Never renamed while one may be waiting.
    static var kind: String { get }
    /// Where it waits.
    static var lane: Lane { get }
    /// How often it is tried, and how far apart.
    static var retries: Retries { get }
    /// How long one try may take; then its task is cancelled, and that try has failed.
    static var timeLimit: Duration { get }

    /// Reads what `writePayload` wrote, perhaps an older version's. What cannot be read is parked at once.
    init(payload: JSON) throws

    /// Writes the members of the payload into an object that stands open.
    func writePayload(to writer: inout JSONWriter)
}

extension Job {
    /// Eight tries, from two seconds to an hour apart.
    public static var retries: Retries { Retries() }
    /// A minute.
    public static var timeLimit: Duration { .seconds(60) }

    /// The payload as one JSON object.
    var payload: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { writePayload(to: &$0) }
        return writer.bytes
    }
}

/// How often a kind of job is tried, and how long it rests in between.
public struct Retries: Sendable, Equatable {
    /// Tries in all; after the last one the job is parked.
    public let tries: Int
    /// The rest after the first failed try; it doubles after each.
    public let first: Duration
    /// The longest rest.
    public let longest: Duration

    /// One try is allowed: then a job whose worker died is parked as well, since nobody knows what it did.
    public init(tries: Int = 8, first: Duration = .seconds(2), longest: Duration = .seconds(3600)) {
        (self.tries, self.first, self.longest) = (max(1, tries), first, longest)
    }

    /// The rest after so many failed tries: doubled each time, then stretched or shortened by up to a half,
    /// so that jobs that failed together do not come back together.
    public func rest(afterTries tries: Int, chance: Double = .random(in: 0..<1)) -> Duration {
        let doubled = first * Double(1 << min(max(tries - 1, 0), 30))
        return min(doubled, longest) * (0.5 + chance)
    }
}

/// A failed try that knows when another one makes sense: the other side said so.
public protocol PatientFault: Error {
    /// The shortest rest until the next try.
    var restMin: Duration { get }
}

/// The row of a job that waits, runs, or was parked.
public enum WaitingJob: Identified {
    /// `job_…`
    public static let idPrefix: StaticString = "job"
}
