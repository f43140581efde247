import Database
import EventLoop
import Telemetry
import Vocabulary

extension Worker {
    /// Writes down what has ended, together with what ends meanwhile, until there is nothing left to write.
    /// While the database is away it tries again: nothing that is done is forgotten.
    func writeDown() async {
        isWritingDown = true
        defer { isWritingDown = false }
        // What ends in the same turn of the loop goes along.
        await loop.nextTurn()
        while !ended.isEmpty {
            let batch = EndedJobs(all: Array(ended.prefix(500)), worker: row.id)
            do {
                try await parts.database.workerRun(batch.statements)
                ended.removeFirst(batch.all.count)
                for job in batch.all { free(job) }
            } catch {
                parts.outage.note("ended jobs could not be written down", error)
                if isStopping, Task.isCancelled { return }
                await rest(.milliseconds(500))
            }
        }
    }

    /// The job's place is free, and how it ended is counted.
    func free(_ ended: EndedJob) {
        let job = ended.job
        running[job.name] = nil
        if let outcome = ended.outcome {
            parts.figures.ended[job.lane.rawValue, outcome].add()
            counts.add(.init(tenant: job.tenant, lane: job.lane, kind: job.kind, outcome: outcome))
        }
        inUse[job.lane, default: 1] -= 1
        parts.figures.running[job.lane.rawValue].add(-1)
        hot.insert(job.lane)
        wake()
    }

    /// Who was taken for dead holds nothing any more: it stops what it is at and begins anew.
    func startOver() async {
        parts.log.warning("a worker was taken for dead and begins anew")
        stopAll()
        row = WorkerRow(id: .random(at: parts.clock.now()), name: row.name, lanes: row.lanes)
        await register()
    }
}
