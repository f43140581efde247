import Crypto
import EventLoop
import Glibc
import Synchronization
import Testing

@testable import Federation
@testable import Identity

@Suite("Signing what programs are told", .timeLimit(.minutes(1)))
struct TokenSignerTests {
    @Test("while an RSA signature waits for its turn, its loop serves others")
    func offTheLoop() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.stop() }
        let slow = SlowWork(threads: 1, waitingMax: 1)
        let signer = TokenSigner.rs256(ProgramKey(.make(), in: try slow.turn()))
        let course = Course()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            // A loop takes its tasks in the order in which they were given to it.
            tasks.addTask(executorPreference: group.loops[0]) {
                try await slow.run {
                    while course.steps.isEmpty { usleep(500) }
                }
            }
            tasks.addTask(executorPreference: group.loops[0]) {
                _ = await signer.signature(of: [1])
                course.note(.signed)
            }
            tasks.addTask(executorPreference: group.loops[0]) { course.note(.othersServed) }
            try await tasks.waitForAll()
        }
        #expect(course.steps == [.othersServed, .signed])
    }
}

private enum Step { case othersServed, signed }

/// What came first: the work that blocks the line ends with the first step.
private final class Course: Sendable {
    private let noted = Mutex<[Step]>([])
    var steps: [Step] { noted.withLock { $0 } }

    func note(_ step: Step) { noted.withLock { $0.append(step) } }
}
