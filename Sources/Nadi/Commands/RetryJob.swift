import JSON
import JobQueue
import Terminal
import Vocabulary

/// Tries a parked job again.
struct RetryJob: Command {
    static let name = "jobs retry"
    static let summary = "Let a parked job be tried again, with all its tries."
    static let examples = ["nadi jobs retry job_01jxyz…"]

    @Positional("JOB", "Which job.") var id: ID<WaitingJob>

    func run(in place: Place) async throws -> Answer {
        let view = try await place.withDatabase { try await JobQueue.retry(id, in: $0) }
        guard view != nil else { throw Refusal("There is no parked job \(id).") }
        return Answer(json: ["retried": .string(id.text)], lines: ["\(id) is tried again."])
    }
}

/// Takes a parked job away.
struct DropJob: Command {
    static let name = "jobs drop"
    static let summary = "Take a parked job away, for good. What it was to do is not done."
    static let examples = ["nadi jobs drop job_01jxyz…"]

    @Positional("JOB", "Which job.") var id: ID<WaitingJob>

    func run(in place: Place) async throws -> Answer {
        let view = try await place.withDatabase { try await JobQueue.drop(id, in: $0) }
        guard view != nil else { throw Refusal("There is no parked job \(id).") }
        return Answer(json: ["dropped": .string(id.text)], lines: ["\(id) is gone."])
    }
}
