import Database
import EventLoop
import JSON
import JobQueue
import Synchronization
import Telemetry
import TestKit
import Testing
import Vocabulary

/// What handlers of a test remember between tries, from whatever loop.
final class Memory: Sendable {
    private let words = Mutex<[String]>([])
    private let atOnce = Mutex<(now: Int, most: Int)>((0, 0))

    var all: [String] { words.withLock { $0 } }
    var mostAtOnce: Int { atOnce.withLock { $0.most } }

    func note(_ word: String) { words.withLock { $0.append(word) } }

    /// Counts who is inside at the same time.
    func inside(_ body: () async throws -> Void) async rethrows {
        atOnce.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        defer { atOnce.withLock { $0.now -= 1 } }
        try await body()
    }
}

extension JobClinic {
    /// Workers' parts with these handlers, and without lines in the log.
    func parts(_ handlers: JobHandlers, clock: WallClock = .fixed) -> WorkerParts {
        WorkerParts(
            database: place.database, handlers: handlers, name: "test",
            log: Log(to: LogSink(style: .json, clock: .fixed, batchBytes: 0), from: .error),
            figures: JobFigures(Metrics()), clock: clock)
    }

    /// Runs one worker on each loop for as long as `body` runs, and lets them finish.
    func work(_ parts: WorkerParts, during body: () async throws -> Void) async throws {
        place.database.start()
        let workers = place.loops.map { Worker(parts, on: $0) }
        let runs = zip(workers, place.loops).map { worker, loop in
            Task(executorPreference: loop) { await worker.run() }
        }
        let outcome = await Result { try await body() }
        for worker in workers { await worker.stop() }
        for run in runs { await run.value }
        try outcome.get()
    }

    /// Works until nothing is left that could run, or for twenty seconds.
    func workUntilIdle(_ handlers: JobHandlers) async throws {
        try await work(parts(handlers)) {
            try await until { try await states().keys.allSatisfy { $0 == "parked" } }
        }
    }

    /// Waits until something holds; a test fails that waits in vain.
    func until(
        within limit: Duration = .seconds(20), _ holds: () async throws -> Bool,
        at place: SourceLocation = #_sourceLocation
    ) async throws {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if try await holds() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it did not come to pass", sourceLocation: place)
    }
}

extension WallClock {
    /// A moment in January 2027.
    static let fixed = WallClock { Instant(seconds: 1_799_046_000) }
}
