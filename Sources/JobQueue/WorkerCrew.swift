public import EventLoop
import Synchronization

/// The workers of a process, one a loop.
public final class WorkerCrew: Sendable {
    private let workers: [Worker]
    private let runs = Mutex<[Task<Void, Never>]>([])

    /// Nobody works before `start`.
    public init(_ parts: WorkerParts, on loops: [EventLoop]) { workers = loops.map { Worker(parts, on: $0) } }

    /// Begins to take jobs.
    public func start() {
        runs.withLock { runs in
            runs = workers.map { worker in
                Task(executorPreference: worker.loop) { await worker.run() }
            }
        }
    }

    /// Takes nothing more, and returns when what was under way has ended or was given back.
    public func stop() async {
        for worker in workers { await worker.stop() }
        for run in runs.withLock({ $0 }) { await run.value }
    }
}
