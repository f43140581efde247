import JSON
import JobQueue
import Terminal
import Vocabulary

/// Which jobs of a lane are to be listed.
enum ListedState: String, CaseIterable, OptionValue {
    case parked, ready, running, later, scheduled, behind
}

/// Lists jobs that are not finished.
struct ListJobs: Command {
    static let name = "jobs list"
    static let summary = "List jobs of all clinics that are not finished, the oldest of each clinic first."
    static let examples = ["nadi jobs list", "nadi jobs list --state running --lane email --json"]

    @Option("state", "Only those that are so.") var state = ListedState.parked
    @Option("lane", "Only those of this lane.") var lane: Lane?
    @Option("limit", "How many at most, up to 1000.") var limit = 100

    func run(in place: Place) async throws -> Answer {
        guard (1...1000).contains(limit) else { throw Refusal("--limit is a number from 1 to 1000.") }
        let jobs = try await place.withDatabase {
            try await JobView.list(state.rawValue, lane: lane, limit: limit, in: $0)
        }
        return Answer(
            json: ["jobs": .array(jobs.map(\.json))],
            lines: jobs.isEmpty ? ["There is none."] : jobs.map(\.line))
    }
}

/// Shows how every lane is.
struct ListLanes: Command {
    static let name = "jobs lanes"
    static let summary = "Show every lane: what waits, runs and was given up, and how old the oldest is."
    static let examples = ["nadi jobs lanes --json"]

    func run(in place: Place) async throws -> Answer {
        let lanes = try await place.withDatabase { try await LaneView.all(in: $0) }
        return Answer(json: ["lanes": .array(lanes.map(\.json))], lines: lanes.map(\.line))
    }
}

extension JobView {
    fileprivate var json: JSON {
        [
            "id": .string(id.text), "clinic_number": .integer(Int64(tenant.number)),
            "lane": .string(lane.rawValue), "kind": .string(kind), "state": .string(state),
            "failed_tries": .integer(Int64(tries)), "tries_max": .integer(Int64(triesMax)),
            "enqueued_at": .string(enqueuedAt.text), "due_at": .string(runAt.text),
            "reason": reason.map { .string($0) } ?? .null,
        ]
    }

    fileprivate var line: String {
        "\(id)  \(lane.rawValue)  \(kind)  \(state)  \(tries)/\(triesMax)  \(reason ?? "")"
    }
}

extension LaneView {
    fileprivate var json: JSON {
        [
            "lane": .string(lane.rawValue), "ready": .integer(Int64(ready)),
            "running": .integer(Int64(running)), "parked": .integer(Int64(parked)),
            "oldest_seconds": .integer(Int64(oldestSeconds)), "done_lately": .integer(Int64(done)),
            "retried_lately": .integer(Int64(retried)), "at_once_max": .integer(Int64(limits.atOnce)),
            "per_clinic_max": .integer(Int64(limits.perClinic)),
        ]
    }

    fileprivate var line: String {
        let name = lane.rawValue + String(repeating: " ", count: max(0, 22 - lane.rawValue.count))
        return
            "\(name) \(ready) ready, \(running) running, \(parked) parked, "
            + "oldest \(oldestSeconds) s, \(done) done, at most \(limits.atOnce) at once"
    }
}
