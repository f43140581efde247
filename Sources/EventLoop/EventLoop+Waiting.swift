import CSystem

extension EventLoop {
    /// Suspends until the loop's next turn: after the descriptors and timers that are ready now have been
    /// served.
    public nonisolated(nonsending) func nextTurn() async {
        precondition(isCurrent)
        await withUnsafeContinuation { turnWaiters.append($0) }
    }

    /// Suspends for at least `duration`. Throws `CancellationError` at once when the task is cancelled.
    public nonisolated(nonsending) func sleep(for duration: Duration) async throws {
        let waiter = Waiter()
        try await wait(waiter) { loop in
            let timer = loop.schedule(after: duration) { waiter.finish(.success(())) }
            waiter.undo = { loop.cancel(timer) }
        }
    }

    /// Suspends until the descriptor is ready. Costs two system calls: watch a `Channel` for descriptors that
    /// are awaited often. One waiter for a descriptor at a time.
    public nonisolated(nonsending) func readiness(of descriptor: Int32, for events: Readiness) async throws {
        let waiter = Waiter()
        try await wait(waiter) { loop in
            loop.watch(descriptor, events.union(.once), waiter)
            waiter.undo = { loop.unwatch(descriptor, waiter) }
        }
    }

    nonisolated(nonsending) func wait(_ waiter: Waiter, _ begin: (EventLoop) -> Void) async throws {
        precondition(isCurrent)
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Void, any Error>) in
                // A cancellation from another thread can only be served after this closure has returned.
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                waiter.continuation = continuation
                begin(self)
            }
        } onCancel: {
            execute { waiter.finish(.failure(CancellationError())) }
        }
    }

    /// Runs `body` as a task on this loop and waits for it from anywhere; cancelling the caller cancels it.
    public nonisolated func perform<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task(executorPreference: self) { try await body() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}

/// One suspended task and how to take back what it waits for. Finishes once; later finishes do nothing.
// Unchecked: touched only on its loop's thread, which `execute` guarantees for cancellation.
final class Waiter: Channel, @unchecked Sendable {
    var continuation: UnsafeContinuation<Void, any Error>?
    var undo: (() -> Void)?

    override func ready(_ events: Readiness) { finish(.success(())) }

    func finish(_ result: Result<Void, any Error>) {
        guard let continuation else { return }
        self.continuation = nil
        undo?()
        undo = nil
        continuation.resume(with: result)
    }
}
