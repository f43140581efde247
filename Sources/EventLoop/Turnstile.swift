/// Lets so many through at a time, and the others in the order in which they came.
///
/// Unchecked: touched only on its loop's thread.
public final class Turnstile: @unchecked Sendable {
    private struct TooLong: Error {}

    private let loop: EventLoop
    private let atOnce: Int
    private var inside = 0
    private var line: [Waiter] = []

    /// One of this loop's.
    public init(on loop: EventLoop, atOnce: Int) { (self.loop, self.atOnce) = (loop, atOnce) }

    /// Nobody is inside or waits.
    public var isIdle: Bool { inside == 0 }

    /// Waits for a place; false when none became free in time. Whoever got in leaves again by `leave`.
    public nonisolated(nonsending) func enter(patience: Duration) async throws -> Bool {
        guard inside >= atOnce else {
            inside += 1
            return true
        }
        let waiter = Waiter()
        let timer = loop.schedule(after: patience) { waiter.finish(.failure(TooLong())) }
        defer { loop.cancel(timer) }
        do {
            try await loop.wait(waiter) { _ in
                line.append(waiter)
                waiter.undo = { self.line.removeAll { $0 === waiter } }
            }
            return true
        } catch is TooLong { return false }
    }

    /// Gives the place to whoever has waited longest.
    public func leave() {
        guard let next = line.first else {
            inside -= 1
            return
        }
        next.finish(.success(()))
    }
}
