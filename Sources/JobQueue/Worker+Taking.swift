import Database
import EventLoop
import JSON
import Telemetry
import Vocabulary

extension Worker {
    /// Takes as much as there is room for from every lane that may have something ready.
    func takeAll() async {
        for lane in parts.lanes where hot.contains(lane) && !isStopping {
            do { try await take(from: lane) } catch {
                parts.outage.note("no jobs could be taken", error)
                await rest(.milliseconds(500))
            }
        }
    }

    /// A lane stays hot while it gives as much as was asked for.
    private func take(from lane: Lane) async throws {
        let limits = limits[lane], room = min(parts.atOnceInLane, limits.atOnce) - inUse[lane, default: 0]
        guard room > 0 else { return }
        hot.remove(lane)
        let jobs: [TakenJob] = try await parts.database.workerRows(
            TakenJob.take(
                room, of: lane, after: turns[lane] ?? TenantID(number: 0), limits: limits, for: row.id),
            after: [TakenJob.gate(of: lane)])
        if let last = jobs.max(by: { $0.step < $1.step }) { turns[lane] = last.tenant }
        for job in jobs.sorted(by: { $0.place < $1.place }) { begin(job) }
        if jobs.count == room { hot.insert(lane) }
    }

    private func begin(_ job: TakenJob) {
        inUse[job.lane, default: 0] += 1
        parts.figures.running[job.lane.rawValue].add(1)
        parts.figures.waits[job.lane.rawValue].observe(microseconds: UInt64(max(0, job.waited)))
        let task = Task(executorPreference: loop) { await self.carryOut(job) }
        running[job.name] = RunningJob(task: task)
    }

    private func carryOut(_ job: TakenJob) async {
        let began = ContinuousClock.now
        let entry = parts.handlers.entries[job.kind]
        let timer = loop.schedule(after: entry?.timeLimit ?? .seconds(1)) { self.stop(job.name, .clock) }
        let ended = EndedJob(job, await attempt(job, by: entry))
        loop.cancel(timer)
        let microseconds = (ContinuousClock.now - began).wholeMicroseconds
        parts.figures.durations[job.lane.rawValue].observe(microseconds: UInt64(max(0, microseconds)))
        end(ended)
    }

    private func attempt(_ job: TakenJob, by entry: JobHandlers.Entry?) async -> EndedJob.Ending {
        guard let entry else {
            return .later(.seconds(60), failed: false, "nobody here knows this kind of job")
        }
        do {
            let outcome = try await entry.run(JSON(parsing: job.payload.bytes), context(of: job))
            return EndedJob(job, outcome).ending
        } catch is JobTakenAway {
            return .lost
        } catch let hopeless as HopelessJob {
            return .parked(LogCensor.fault(hopeless.reason))
        } catch {
            switch running[job.name]?.stoppedBy {
            case .person: return .dropped
            case .worker: return .returned
            case .clock: return EndedJob(job, failed: "it took too long", retries: entry.retries).ending
            case nil:
                let words = LogCensor.fault("\(error)")
                return EndedJob(
                    job, failed: words, retries: entry.retries,
                    restMin: (error as? any PatientFault)?.restMin ?? .zero
                ).ending
            }
        }
    }

    private func context(of job: TakenJob) -> JobContext {
        JobContext(
            id: job.id, clinic: parts.database.clinic(job.tenant), failedTries: Int(job.tries),
            enqueuedAt: job.enqueuedAt, key: job.key, log: parts.log,
            hold: JobContext.Hold(worker: row.id, taken: job.taken))
    }

    /// The place is free again when the ending is written down: before that the row still counts as running.
    private func end(_ ended: EndedJob) {
        if [.gone, .lost].contains(ended.ending) { return free(ended) }
        self.ended.append(ended)
        guard !isWritingDown else { return }
        isWritingDown = true
        Task(executorPreference: loop) { await self.writeDown() }
    }

    /// Stops a job that is under way; how it ends depends on who wants it.
    func stop(_ name: TakenName, _ why: RunningJob.Stop) {
        running[name]?.stoppedBy = why
        running[name]?.task.cancel()
    }

    /// Gives back, untried, whatever is under way.
    func stopAll() { for name in Array(running.keys) { stop(name, .worker) } }
}

/// A job that is under way.
struct RunningJob {
    /// Who wanted it to stop.
    enum Stop {
        /// It took longer than its kind may.
        case clock
        /// It was called off.
        case person
        /// The worker is leaving.
        case worker
    }

    let task: Task<Void, Never>
    var stoppedBy: Stop?
}
