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

    /// That a piece of work will be done, before it is known what it is: whoever promises something that
    /// needs it takes a turn first, and is not refused when it is too late. It is given back with its last
    /// reference.
    public final class Turn: Sendable {
        private let work: SlowWork

        fileprivate init(of work: SlowWork) { self.work = work }

        deinit { work.giveBack() }

        /// Does it elsewhere and comes back to wherever the caller is at home. A turn is for one piece.
        public func run<Result: Sendable>(_ piece: @escaping @Sendable () -> Result) async -> Result {
            await withUnsafeContinuation { continuation in
                work.add { continuation.resume(returning: piece()) }
            }
        }
    }

    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var turns = 0
        var threads = 0
    }

    private let threadsMax: Int
    private let turnsMax: Int
    private let state = Mutex(State())

    /// So many pieces of work at a time, and so many that may wait.
    public init(threads: Int, waitingMax: Int) {
        (threadsMax, turnsMax) = (threads, threads + waitingMax)
    }

    /// A turn for one piece of work.
    public func turn() throws(Overloaded) -> Turn {
        let isFree = state.withLock { state in
            guard state.turns < turnsMax else { return false }
            state.turns += 1
            return true
        }
        guard isFree else { throw Overloaded() }
        return Turn(of: self)
    }

    /// Does it elsewhere and comes back to wherever the caller is at home.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async throws -> Result {
        try await turn().run(work)
    }

    private func add(_ piece: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.waiting.append(piece)
            guard state.threads < threadsMax else { return false }
            state.threads += 1
            return true
        }
        if needsThread { startThread() }
    }

    private func giveBack() { state.withLock { $0.turns -= 1 } }

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
