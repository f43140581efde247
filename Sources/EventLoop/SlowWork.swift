import Glibc
import Synchronization

/// Does what takes long on threads of its own, a few at a time, so that no loop waits for it.
///
/// A thread lives as long as there is work: an installation in which nobody signs in keeps none.
public final class SlowWork: Sendable {
    /// More work is under way than anybody would wait for.
    public struct Overloaded: Error, Sendable {
        /// Makes one.
        public init() {}
    }

    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var threads = 0
    }

    private let threadsMax: Int
    private let waitingMax: Int
    private let state = Mutex(State())

    /// So many pieces of work at a time, and so many that may wait.
    public init(threads: Int, waitingMax: Int) { (threadsMax, self.waitingMax) = (threads, waitingMax) }

    /// Does it elsewhere and comes back to wherever the caller is at home.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async throws -> Result {
        try await withUnsafeThrowingContinuation { continuation in
            let isTaken = take { continuation.resume(returning: work()) }
            if !isTaken { continuation.resume(throwing: Overloaded()) }
        }
    }

    private func take(_ piece: @escaping @Sendable () -> Void) -> Bool {
        let (isTaken, needsThread) = state.withLock { state in
            guard state.waiting.count < waitingMax else { return (false, false) }
            state.waiting.append(piece)
            guard state.threads < threadsMax else { return (true, false) }
            state.threads += 1
            return (true, true)
        }
        if needsThread { startThread() }
        return isTaken
    }

    private func startThread() {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        guard pthread_create(&thread, nil, { SlowWork.body($0) }, argument.toOpaque()) == 0 else {
            argument.release()
            // The system is out of threads: late is better than never, even on this one.
            return workUntilDone()
        }
        pthread_detach(thread)
    }

    private static func body(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        Unmanaged<SlowWork>.fromOpaque(argument).takeRetainedValue().workUntilDone()
        return nil
    }

    private func workUntilDone() {
        while let piece = next() { piece() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.threads -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
