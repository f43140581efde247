import CSystem
import Glibc
import Synchronization

/// Loops on threads of their own, named `loop-0`, `loop-1`, … Share nothing between them that is hot.
public final class EventLoopGroup: Sendable {
    /// The loops, in order of their index.
    public let loops: [EventLoop]
    private let threads: Mutex<[pthread_t]>

    /// Starts `count` threads, by default one for each core.
    public init(count: Int? = nil) {
        nadi_ignore_broken_pipes()
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        loops = (0..<max(1, count ?? cores)).map { EventLoop(index: $0) }
        threads = Mutex(loops.map(Self.startThread))
    }

    /// Stops every loop and waits for the threads to end. Not from one of the loops themselves.
    public func stop() {
        for loop in loops { loop.stop() }
        let running = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in running { pthread_join(thread, nil) }
    }

    /// Runs an asynchronous program on a loop of the calling thread and returns what it returns: for `main`
    /// and tests.
    public static func runBlocking<Value: Sendable>(
        _ program: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        nadi_ignore_broken_pipes()
        let loop = EventLoop()
        let outcome = Mutex<Result<Value, any Error>?>(nil)
        Task(executorPreference: loop) {
            let result: Result<Value, any Error>
            do { result = .success(try await program()) } catch { result = .failure(error) }
            outcome.withLock { $0 = result }
            loop.stop()
        }
        loop.run()
        guard let result = outcome.withLock({ $0 }) else { throw CancellationError() }
        return try result.get()
    }

    private static func startThread(for loop: EventLoop) -> pthread_t {
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, runThread, Unmanaged.passRetained(loop).toOpaque())
        precondition(result == 0, "pthread_create failed")
        return thread
    }
}

// A function of the file: a closure is isolated as the place where it is written, and may trap on the new
// thread.
private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let loop = Unmanaged<EventLoop>.fromOpaque(argument).takeRetainedValue()
    nadi_name_thread("loop-\(loop.index)")
    loop.run()
    return nil
}
