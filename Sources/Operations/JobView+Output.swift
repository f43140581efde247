public import JobQueue
public import Shapes
import Vocabulary

extension JobView: Output {
    /// What a caller sees of a job.
    public static let shape = OutputShape<JobView> {
        Out("id", "The job.") { $0.id }
        Out("lane", "Where it waits.") { $0.lane }
        Out("kind", "What it does.", example: "sweep-idempotency-keys") { $0.kind }
        Out("state", "How it stands.", example: "parked") { $0.state }
        Out("failed_tries", "How many tries have failed.", example: 8) { $0.tries }
        Out("tries_max", "After how many it is given up.", example: 8) { $0.triesMax }
        Out("enqueued_at", "When it was left.") { $0.enqueuedAt }
        Out("due_at", "When it could run first, or can run next.") { $0.runAt }
        Out("reason", "Why the last try failed, without anybody's words.") { $0.reason }
    }
}

extension LaneView: Output {
    /// What a caller sees of a lane.
    public static let shape = OutputShape<LaneView> {
        Out("lane", "The lane.") { $0.lane }
        Out("ready", "Jobs that could run now, counted up to 10000.", example: 3) { $0.ready }
        Out("running", "Jobs that run.", example: 1) { $0.running }
        Out("parked", "Jobs that were given up, counted up to 10000.", example: 0) { $0.parked }
        Out("oldest_seconds", "How long the longest waiting ready job could have run.", example: 0) {
            $0.oldestSeconds
        }
        Out("done_lately", "Jobs done within this hour and the one before.", example: 412) { $0.done }
        Out("retried_lately", "Tries that failed within this hour and the one before.", example: 2) {
            $0.retried
        }
        Out("at_once_max", "How many of the clinic's jobs may run at once.", example: 40) {
            $0.limits.perClinic
        }
    }
}

extension Lane: WireValue {}
