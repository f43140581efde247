import Database
import Vocabulary

/// A job that a worker has taken, as its row was then.
struct TakenJob: Sendable {
    /// How far round its clinic stood when it was taken.
    let step: Int32
    let tenant: TenantID
    let id: ID<WaitingJob>
    let lane: Lane
    let kind: String
    let key: String?
    let subject: String?
    let payload: JSONText
    let place: Int64
    let tries: Int16
    let triesMax: Int16
    let taken: Int32
    let enqueuedAt: Instant
    /// How long it was ready, in microseconds, before it was taken.
    let waited: Int64

    /// What tells this taking from every other.
    var name: TakenName { TakenName(tenant: tenant, id: id, taken: taken) }
}

/// One taking of one job.
struct TakenName: Hashable, Sendable {
    let tenant: TenantID
    let id: ID<WaitingJob>
    let taken: Int32
}

/// How a taken job ended, to be written down together with others.
struct EndedJob: Sendable {
    enum Ending: Sendable, Equatable {
        /// It is done, and leaves.
        case done
        /// There was nothing left to do, or it was called off: it leaves.
        case dropped
        /// The handler's own transaction has taken it away.
        case gone
        /// It is another worker's by now, or nobody's.
        case lost
        /// It waits again; a failed try is counted.
        case later(Duration, failed: Bool, String)
        /// It is given up until a person looks at it.
        case parked(String)
        /// Nothing was tried: another worker may have it at once.
        case returned
    }

    let job: TakenJob
    let ending: Ending

    init(_ job: TakenJob, _ ending: Ending) { (self.job, self.ending) = (job, ending) }

    /// What the handler said.
    init(_ job: TakenJob, _ outcome: JobOutcome) {
        self.job = job
        switch outcome.verdict {
        case .done: ending = .done
        case .finished: ending = .gone
        case .later(let rest, let reason): ending = .later(rest, failed: false, reason)
        case .dropped: ending = .dropped
        }
    }

    /// What becomes of a failed try; it rests for `restMin` at least.
    init(_ job: TakenJob, failed reason: String, retries: Retries, restMin: Duration = .zero) {
        let tries = Int(job.tries) + 1
        self.job = job
        ending =
            tries >= Int(job.triesMax)
            ? .parked(reason)
            : .later(max(restMin, retries.rest(afterTries: tries)), failed: true, reason)
    }

    var leaves: Bool { [.done, .dropped].contains(ending) }

    /// The line of its subject goes on without it.
    var leavesLine: Bool {
        if case .parked = ending { return job.subject != nil }
        return leaves && job.subject != nil
    }

    /// The word it is counted by.
    var outcome: String? {
        switch ending {
        case .done, .gone: "done"
        case .dropped: "dropped"
        case .parked: "parked"
        case .later(_, let failed, _): failed ? "retried" : nil
        case .returned, .lost: nil
        }
    }
}
