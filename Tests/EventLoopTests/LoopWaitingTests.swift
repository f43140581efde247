import CSystem
import EventLoop
import Glibc
import Testing

// Unchecked: written and read on one loop only.
private final class Notes: @unchecked Sendable {
    var lines: [String] = []
}

/// Timers, which of them fired, and between which moments each was due: whoever is taken off the processor
/// between two calls has scheduled the second for later.
// Unchecked: written and read on one loop only.
private final class Alarms: @unchecked Sendable {
    private(set) var fired: [Int] = []
    private(set) var early: [Int] = []
    private var due: [Int: (earliest: ContinuousClock.Instant, latest: ContinuousClock.Instant)] = [:]

    func schedule(_ delay: Int, on loop: EventLoop) {
        let before = ContinuousClock.now
        loop.schedule(after: .milliseconds(delay)) { self.fire(delay) }
        due[delay] = (before + .milliseconds(delay), ContinuousClock.now + .milliseconds(delay))
    }

    private func fire(_ delay: Int) {
        fired.append(delay)
        if let due = due[delay], ContinuousClock.now < due.earliest { early.append(delay) }
    }

    /// Those that fired right after one that was certainly due later: by more than the loop's millisecond.
    var misplaced: [Int] {
        zip(fired, fired.dropFirst()).compactMap { earlier, later in
            guard let first = due[earlier], let second = due[later] else { return later }
            return first.earliest > second.latest + .milliseconds(1) ? later : nil
        }
    }
}

private final class CountingChannel: Channel, @unchecked Sendable {
    var calls = 0
    var whenReady: (Readiness) -> Void = { _ in }

    override func ready(_ events: Readiness) {
        calls += 1
        whenReady(events)
    }
}

@Suite("Waiting on a loop", .serialized)
struct LoopWaitingTests {
    private let group = EventLoopGroup(count: 1)
    private var loop: EventLoop { group.loops[0] }

    @Test("timers fire in the order of their time, never early, and a cancelled one never")
    func timers() async throws {
        defer { group.stop() }
        let loop = loop
        let (alarms, notes) = (Alarms(), Notes())
        let elapsed = try await loop.perform {
            let start = ContinuousClock.now
            for delay in [30, 10, 20, 0] { alarms.schedule(delay, on: loop) }
            let cancelled = loop.schedule(after: .milliseconds(15)) { notes.lines.append("cancelled") }
            loop.cancel(cancelled)
            loop.cancel(cancelled)
            try await loop.sleep(for: .milliseconds(45))
            return ContinuousClock.now - start
        }
        #expect(alarms.fired.sorted() == [0, 10, 20, 30])
        #expect(alarms.misplaced.isEmpty && alarms.early.isEmpty && notes.lines.isEmpty)
        #expect(elapsed >= .milliseconds(45))
    }

    @Test("a hundred thousand cancelled timers leave the others in order")
    func manyTimers() async throws {
        defer { group.stop() }
        let loop = loop
        let (alarms, notes) = (Alarms(), Notes())
        try await loop.perform {
            for round in 0..<100_000 {
                let timer = loop.schedule(after: .seconds(60 + round % 7)) { notes.lines.append("stale") }
                loop.cancel(timer)
            }
            for delay in (0..<50).reversed() { alarms.schedule(4 * delay, on: loop) }
            try await loop.sleep(for: .milliseconds(240))
        }
        #expect(alarms.fired.count == 50 && Set(alarms.fired).count == 50)
        #expect(alarms.misplaced.isEmpty && alarms.early.isEmpty && notes.lines.isEmpty)
    }

    @Test("a cancelled sleep throws at once", arguments: [true, false])
    func sleepCancel(fromTheLoop: Bool) async throws {
        defer { group.stop() }
        let loop = loop
        let start = ContinuousClock.now
        let sleeper = Task(executorPreference: loop) { try await loop.sleep(for: .seconds(60)) }
        try await Task.sleep(for: .milliseconds(5))
        if fromTheLoop { try await loop.perform { sleeper.cancel() } } else { sleeper.cancel() }
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test("a task cancelled before it sleeps does not sleep")
    func cancelledBefore() async throws {
        defer { group.stop() }
        let loop = loop
        let sleeper = Task(executorPreference: loop) {
            withUnsafeCurrentTask { $0?.cancel() }
            try await loop.sleep(for: .seconds(60))
        }
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test("readiness ends when bytes arrive, or with the task")
    func readiness() async throws {
        defer { group.stop() }
        let loop = loop
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (reader, writer) = (ends[0], ends[1])
        defer { [reader, writer].forEach { close($0) } }
        try await loop.perform {
            loop.schedule(after: .milliseconds(5)) { _ = write(writer, "x", 1) }
            try await loop.readiness(of: reader, for: .readable)
        }
        var byte: UInt8 = 0
        #expect(read(reader, &byte, 1) == 1)
        let waiting = Task(executorPreference: loop) { try await loop.readiness(of: reader, for: .readable) }
        try await Task.sleep(for: .milliseconds(5))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test("a channel removed by another of the same batch hears nothing more")
    func removedInBatch() async throws {
        defer { group.stop() }
        let loop = loop
        let calls = try await loop.perform {
            var pairs: [[Int32]] = []
            for _ in 0..<2 {
                var ends: [Int32] = [0, 0]
                _ = pipe(&ends)
                pairs.append(ends)
            }
            let channels = [CountingChannel(), CountingChannel()]
            let readers = pairs.map { $0[0] }
            for index in 0..<2 {
                channels[index].whenReady = { _ in
                    for other in 0..<2 { loop.unwatch(readers[other], channels[other]) }
                }
                loop.watch(readers[index], .readable, channels[index])
            }
            for pair in pairs { _ = write(pair[1], "x", 1) }
            try await loop.sleep(for: .milliseconds(5))
            for channel in channels { channel.whenReady = { _ in } }
            for pair in pairs { pair.forEach { close($0) } }
            return channels.reduce(0) { $0 + $1.calls }
        }
        #expect(calls == 1)
    }

    @Test("what jobs gather is sent once a turn, after all of them and before the loop waits")
    func beforeWait() async throws {
        defer { group.stop() }
        let loop = loop
        let notes = Notes()
        try await loop.perform {
            loop.beforeWait {
                if !notes.lines.isEmpty, notes.lines.last != "flush" { notes.lines.append("flush") }
            }
            await loop.nextTurn()
            async let first: Void = { notes.lines.append("job") }()
            async let second: Void = { notes.lines.append("job") }()
            _ = await (first, second)
            await loop.nextTurn()
            notes.lines.append("later")
            await loop.nextTurn()
        }
        #expect(notes.lines == ["job", "job", "flush", "later", "flush"])
    }

    @Test("tasks that only yield to each other starve neither timers nor descriptors")
    func fairness() async throws {
        defer { group.stop() }
        let loop = loop
        let start = ContinuousClock.now
        let busy = Task(executorPreference: loop) { while !Task.isCancelled { await Task.yield() } }
        try await loop.perform { try await loop.sleep(for: .milliseconds(10)) }
        busy.cancel()
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("a caught signal arrives on the loop")
    func signals() async throws {
        defer { group.stop() }
        let loop = loop
        let notes = Notes()
        try await loop.perform {
            loop.onSignals([SIGUSR1]) { notes.lines.append("\($0)") }
            kill(getpid(), SIGUSR1)
            for _ in 0..<100 where notes.lines.isEmpty { try await loop.sleep(for: .milliseconds(5)) }
        }
        #expect(notes.lines == ["\(SIGUSR1)"])
    }
}
