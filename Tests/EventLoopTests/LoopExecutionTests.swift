import CSystem
import EventLoop
import Testing

actor Resident {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.serial.asUnownedSerialExecutor() }

    init(on loop: EventLoop) { self.loop = loop }

    func thread() -> Int { nadi_thread_number() }

    func threadAfterSleepingElsewhere() async throws -> Int {
        try await Task.sleep(for: .milliseconds(5))
        return nadi_thread_number()
    }

    func threadsOfNeighbour(_ neighbour: Resident) async -> [Int] {
        [nadi_thread_number(), await neighbour.thread(), nadi_thread_number()]
    }
}

actor Stranger {
    func thread() -> Int { nadi_thread_number() }
}

// Unchecked: counted on one loop only, and read there.
private final class Tally: @unchecked Sendable {
    var count = 0
}

enum Trace {
    @TaskLocal static var number = 0
}

func threadOfPlainFunction() async -> Int { nadi_thread_number() }

@concurrent func threadOfConcurrentFunction() async -> Int { nadi_thread_number() }

@Suite("What runs on a loop stays on it", .serialized)
struct LoopExecutionTests {
    @Test("plain, concurrent and default-actor code of a task runs on the loop it prefers")
    func staysOnLoop() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.stop() }
        let home = try await group.loops[0].perform { nadi_thread_number() }
        let threads = try await group.loops[0].perform {
            async let child = threadOfPlainFunction()
            let inGroup = await withTaskGroup(of: Int.self) { tasks in
                tasks.addTask { await threadOfPlainFunction() }
                return await tasks.next() ?? 0
            }
            return [
                await threadOfPlainFunction(), await threadOfConcurrentFunction(), await Stranger().thread(),
                await child, inGroup,
            ]
        }
        #expect(threads == Array(repeating: home, count: 5))
        #expect(home != nadi_thread_number())
    }

    @Test("an actor pinned to a loop runs there, and the caller comes back to its own")
    func pinnedActors() async throws {
        let group = EventLoopGroup(count: 2)
        defer { group.stop() }
        let (here, there) = (group.loops[0], group.loops[1])
        let hereThread = try await here.perform { nadi_thread_number() }
        let thereThread = try await there.perform { nadi_thread_number() }
        let visited = try await here.perform {
            let first = await Resident(on: there).thread()
            return [first, nadi_thread_number()]
        }
        #expect(visited == [thereThread, hereThread])
        let neighbours = await Resident(on: here).threadsOfNeighbour(Resident(on: here))
        #expect(neighbours == [hereThread, hereThread, hereThread])
        #expect(try await Resident(on: here).threadAfterSleepingElsewhere() == hereThread)
    }

    @Test("Task.sleep, which wakes on a foreign thread, comes back to the loop")
    func sleepComesBack() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.stop() }
        let stayed = try await group.loops[0].perform {
            let before = nadi_thread_number()
            try await Task.sleep(for: .milliseconds(5))
            return before == nadi_thread_number() && EventLoop.current?.index == 0
        }
        #expect(stayed)
    }

    @Test("task-local values survive a turn of the loop and reach children")
    func taskLocals() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.stop() }
        let loop = group.loops[0]
        let seen = try await loop.perform {
            await Trace.$number.withValue(7) {
                await loop.nextTurn()
                async let child = { Trace.number }()
                return [Trace.number, await child]
            }
        }
        #expect(seen == [7, 7])
    }

    @Test("work that many threads hand over runs once each, on the loop's thread")
    func crossThreadWork() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.stop() }
        let loop = group.loops[0]
        let tally = Tally()
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<8 {
                tasks.addTask {
                    for _ in 0..<1_000 {
                        loop.execute { if loop.isCurrent { tally.count += 1 } }
                    }
                }
            }
        }
        #expect(try await loop.perform { tally.count } == 8_000)
    }

    @Test("the current loop is known on its thread only")
    func currentLoop() async throws {
        let group = EventLoopGroup(count: 2)
        defer { group.stop() }
        let second = group.loops[1]
        #expect(EventLoop.current == nil)
        #expect(try await second.perform { EventLoop.current === second && second.isCurrent })
        #expect(!second.isCurrent)
    }

    @Test("a blocking program returns what it returns and throws what it throws")
    func runBlocking() throws {
        struct Fault: Error {}
        let thread = nadi_thread_number()
        let stayed = try EventLoopGroup.runBlocking {
            try await EventLoop.current?.sleep(for: .milliseconds(1))
            return nadi_thread_number() == thread
        }
        #expect(stayed)
        #expect(throws: Fault.self) { try EventLoopGroup.runBlocking { throw Fault() } }
    }

    @Test("cancelling the waiter of perform cancels the task on the loop")
    func performCancels() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.stop() }
        let loop = group.loops[0]
        let waiting = Task { try await loop.perform { try await loop.sleep(for: .seconds(60)) } }
        try await Task.sleep(for: .milliseconds(10))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}
