import EventLoop
import Testing

@Suite("So many at a time, the others in line")
struct TurnstileTests {
    private static func onLoop<Value: Sendable>(
        _ body: @escaping @Sendable (EventLoop) async throws -> Value
    ) async throws -> Value {
        let group = EventLoopGroup(count: 1)
        defer { group.stop() }
        return try await group.loops[0].perform { try await body(group.loops[0]) }
    }

    @Test("no more are inside than may be, whoever waited longest is next, and at the end nobody is")
    func inOrder() async throws {
        let order = try await Self.onLoop { loop in
            let turnstile = Turnstile(on: loop, atOnce: 2), seen = Seen()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask(executorPreference: loop) {
                        guard try await turnstile.enter(patience: .seconds(10)) else { return }
                        seen.enter(number)
                        try await loop.sleep(for: .milliseconds(1))
                        seen.leave()
                        turnstile.leave()
                    }
                }
                try await group.waitForAll()
            }
            #expect(turnstile.isIdle)
            #expect(seen.most == 2)
            return seen.order
        }
        #expect(order == Array(0..<20))
    }

    @Test("who waits too long or is called off takes nobody's place")
    func givingUp() async throws {
        try await Self.onLoop { loop in
            let turnstile = Turnstile(on: loop, atOnce: 1)
            #expect(try await turnstile.enter(patience: .seconds(1)))
            #expect(try await !turnstile.enter(patience: .milliseconds(5)))
            let calledOff = Task(executorPreference: loop) {
                try await turnstile.enter(patience: .seconds(10))
            }
            try await loop.sleep(for: .milliseconds(5))
            calledOff.cancel()
            await #expect(throws: CancellationError.self) { try await calledOff.value }
            turnstile.leave()
            #expect(turnstile.isIdle)
            #expect(try await turnstile.enter(patience: .seconds(1)))
        }
    }
}

// Unchecked: touched on one loop only.
private final class Seen: @unchecked Sendable {
    private(set) var order: [Int] = []
    private(set) var most = 0
    private var inside = 0

    func enter(_ number: Int) {
        order.append(number)
        inside += 1
        most = max(most, inside)
    }

    func leave() { inside -= 1 }
}
