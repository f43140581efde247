import Access
import Database
import JSON
import JobQueue
import Operations
import Terminal
import Vocabulary

/// Tries a parked job again.
struct RetryJob: Command {
    static let name = "jobs retry"
    static let summary = "Let a parked job be tried again, with all its tries."
    static let examples = ["nadi jobs retry job_01jxyz…"]

    @Positional("JOB", "Which job.") var id: ID<WaitingJob>

    func run(in place: Place) async throws -> Answer {
        try await place.mendParked(id, RetryJobs.self) { clinic in try await JobQueue.retry(id, in: clinic) }
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
        try await place.mendParked(id, DropJobs.self) { clinic in try await JobQueue.drop(id, in: clinic) }
        return Answer(json: ["dropped": .string(id.text)], lines: ["\(id) is gone."])
    }
}

extension Place {
    /// Does something about a parked job inside its clinic, whose trail tells who did.
    fileprivate func mendParked<A: Act>(
        _ id: ID<WaitingJob>, _: A.Type,
        _ mend: nonisolated(nonsending) (borrowing Transaction) async throws -> JobView?
    ) async throws {
        let view = try await withDatabase { database -> JobView? in
            guard let tenant = try await JobQueue.clinic(ofParked: id, in: database) else { return nil }
            return try await database.clinic(tenant).write { clinic in
                let view = try await mend(clinic)
                if view != nil {
                    let event = AuditEvent(
                        A.permission, of: "job", id.unique, detail: ["operator": .string(self.operator)])
                    AuditTrail.record(event, bySystemAt: now, in: clinic)
                }
                return view
            }
        }
        guard view != nil else { throw Refusal("There is no parked job \(id).") }
    }
}
