import Database
import EventLoop
import Telemetry
import Vocabulary

extension Worker {
    /// Once a second: is seen, hears what was called off, writes its counts, and does, if nobody else does,
    /// what one of all workers must.
    func doDuties() async {
        var turn = 0, steady = 4
        while !Task.isCancelled {
            await rest(.seconds(1))
            if Task.isCancelled { return }
            do {
                guard try await row.beSeen(in: parts.database) else {
                    await startOver()
                    continue
                }
                parts.outage.over()
                steady += 1
                limits = try await LaneLimits.read(from: parts.database)
                for name in try await row.calledOff(in: parts.database) { stop(name, .person) }
                try await writeCounts()
                try await doCommonDuties(turn: turn, isSteady: steady > 3)
                turn += 1
            } catch {
                steady = 0
                parts.outage.note("a worker's duties failed", error)
            }
        }
    }

    /// Nobody is taken for dead by a worker that itself was cut off until a moment ago: the others were too.
    private func doCommonDuties(turn: Int, isSteady: Bool) async throws {
        try await parts.database.asWorker { transaction in
            guard try await transaction.row(WorkerDuty.begin, as: Bool.self) == true else { return }
            var lanes = Set(try await WorkerDuty.promote(in: transaction))
            if isSteady { lanes.formUnion(try await WorkerDuty.recover(in: transaction).map(\.lane)) }
            if turn % 60 == 0 { recurring.settle(in: transaction) }
            lanes.formUnion(try await recurring.fire(at: parts.clock.now(), in: transaction))
            for lane in lanes { transaction.announce(lane, on: JobQueue.channel) }
        }
    }

    private func writeCounts() async throws {
        guard !counts.isEmpty else { return }
        let written = counts
        counts = JobCounts()
        do { try await written.write(in: parts.database) } catch {
            counts.add(written)
            throw error
        }
    }
}
