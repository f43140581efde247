import EventLoop
import Glibc
import Synchronization
import Testing

@Suite("Slow work", .timeLimit(.minutes(1)))
struct SlowWorkTests {
    @Test("it is done elsewhere, a few pieces at a time, and every one of them once")
    func bounded() async throws {
        let work = SlowWork(threads: 2, waitingMax: 100)
        let here = pthread_self()
        let running = Running()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await work.run {
                        running.begin(isHere: pthread_equal(pthread_self(), here) != 0)
                        usleep(1000)
                        running.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        let seen = running.seen
        #expect(seen.done == 50)
        #expect(seen.most == 2)
        #expect(seen.here == 0)
    }

    @Test("more than may wait is refused at once, and what was taken is still done")
    func overloaded() async throws {
        let work = SlowWork(threads: 1, waitingMax: 2)
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        try await work.run { _ = usleep(50_000) }
                        return false
                    } catch { return true }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(refused >= 8)
        #expect(refused < 12)
        #expect(try await work.run { 7 } == 7)
    }

    @Test(
        "who has a turn is not refused, however long the line is; a turn that nobody wants any more is free")
    func turns() async throws {
        let work = SlowWork(threads: 1, waitingMax: 1)
        do {
            let (one, other) = (try work.turn(), try work.turn())
            #expect(throws: SlowWork.Overloaded.self) { try work.turn() }
            await #expect(throws: SlowWork.Overloaded.self) { try await work.run { 7 } }
            #expect(await one.run { 7 } == 7)
            #expect(await other.run { 8 } == 8)
        }
        for number in 0..<5 { #expect(try await work.run { number } == number) }
    }
}

/// What was seen of the pieces while they ran.
private final class Running: Sendable {
    struct Seen {
        var (now, most, done, here) = (0, 0, 0, 0)
    }

    private let state = Mutex(Seen())
    var seen: Seen { state.withLock { $0 } }

    func begin(isHere: Bool) {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
            $0.here += isHere ? 1 : 0
        }
    }

    func end() {
        state.withLock {
            $0.now -= 1
            $0.done += 1
        }
    }
}
