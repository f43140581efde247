import CSystem
import Synchronization

/// A thread's worth of work: jobs of tasks and actors, descriptors, timers.
///
/// Everything but `execute`, `enqueue`, `stop` and `perform` belongs to the loop's own thread.
///
/// Unchecked: all state but the inbox is touched by the loop's own thread only.
public final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// Which loop of its group this is.
    public let index: Int
    /// Milliseconds of the monotonic clock, as of the beginning of this turn.
    public private(set) var now: UInt64 = nadi_monotonic_milliseconds()

    private var serialStorage: LoopSerial?
    private let poller = Poller()
    var timers = TimerQueue()
    private var ready: [UnownedJob] = []
    private var batch: [UnownedJob] = []
    var turnWaiters: [UnsafeContinuation<Void, Never>] = []
    private var hooks: [() -> Void] = []
    private var isRunning = true
    private let inbox = Inbox()

    /// A loop that does nothing until some thread calls `run`.
    public init(index: Int = 0) {
        self.index = index
        ready.reserveCapacity(256)
        batch.reserveCapacity(256)
        serialStorage = LoopSerial(of: self)
        poller.add(inbox.descriptor, .readable, inbox)
    }

    deinit { poller.remove(inbox.descriptor, inbox) }

    /// The loop that runs on this thread, if one does.
    public static var current: EventLoop? {
        nadi_current_loop().map { Unmanaged<EventLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Whether this very thread runs this loop.
    public var isCurrent: Bool { nadi_current_loop() == Unmanaged.passUnretained(self).toOpaque() }

    /// The executor for actors of this loop: `loop.serial.asUnownedSerialExecutor()`.
    public var serial: LoopSerial {
        // Set by the initializer and never again; optional only because it needs the loop it belongs to.
        serialStorage.unsafelyUnwrapped
    }

    /// What a task's `executorPreference` becomes.
    public func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    /// Takes a job of a task that prefers this loop, from any thread.
    public func enqueue(_ job: consuming ExecutorJob) { accept(UnownedJob(job)) }

    func accept(_ job: UnownedJob) {
        if isCurrent { ready.append(job) } else { inbox.put(.job(job)) }
    }

    /// Runs `work` on the loop's thread: at once when called there, otherwise in the loop's next turn.
    public func execute(_ work: @escaping @Sendable () -> Void) {
        if isCurrent { work() } else { inbox.put(.work(work)) }
    }

    /// Runs on the calling thread until `stop`.
    public func run() {
        nadi_set_current_loop(Unmanaged.passUnretained(self).toOpaque())
        defer { nadi_set_current_loop(nil) }
        while isRunning { turn() }
        runJobs()
    }

    /// Ends `run` after the turn in which it is called. Jobs that are not ready by then never run.
    public func stop() { execute { self.isRunning = false } }

    /// Calls `hook` once in every turn, after the jobs and before the loop waits: the place to send what was
    /// gathered.
    public func beforeWait(_ hook: @escaping () -> Void) {
        precondition(isCurrent)
        hooks.append(hook)
    }

    /// Tells `channel` whenever the descriptor is ready. The loop keeps the channel alive until `unwatch`.
    public func watch(_ descriptor: Int32, _ events: Readiness, _ channel: Channel) {
        precondition(isCurrent)
        poller.add(descriptor, events, channel)
    }

    /// Watches for other events than before.
    public func change(_ descriptor: Int32, _ events: Readiness, _ channel: Channel) {
        precondition(isCurrent)
        poller.change(descriptor, events, channel)
    }

    /// Stops watching; call it before the descriptor is closed. The channel hears nothing more.
    public func unwatch(_ descriptor: Int32, _ channel: Channel) {
        precondition(isCurrent)
        poller.remove(descriptor, channel)
    }

    /// Calls `action` on the loop when the time has come, to the millisecond, and not before.
    @discardableResult
    public func schedule(after delay: Duration, _ action: @escaping () -> Void) -> TimerID {
        precondition(isCurrent)
        // The clock's millisecond has begun already: one more, or the last part of it would be missing.
        let delay = delay.wholeMilliseconds
        return timers.add(due: nadi_monotonic_milliseconds() &+ (delay > 0 ? delay + 1 : 0), action)
    }

    /// Forgets a scheduled action. Cancelling one that ran, or was cancelled, does nothing.
    public func cancel(_ timer: TimerID) {
        precondition(isCurrent)
        timers.remove(timer)
    }
}

extension EventLoop {
    /// Jobs that jobs make ready run in the same turn, but only so often: descriptors and timers must have
    /// theirs.
    private static let roundsPerTurn = 16

    private func turn() {
        poller.wait(milliseconds: waitLimit())
        now = nadi_monotonic_milliseconds()
        poller.deliver()
        while let action = timers.takeDue(at: now) { action() }
        takeInbox()
        runJobs()
        for hook in hooks { hook() }
    }

    private func waitLimit() -> Int32 {
        if !ready.isEmpty || !turnWaiters.isEmpty || !isRunning { return 0 }
        guard let due = timers.nextDue else { return -1 }
        let now = nadi_monotonic_milliseconds()
        return due <= now ? 0 : Int32(min(due - now, 60_000))
    }

    private func takeInbox() {
        guard let entries = inbox.takeAll() else { return }
        for entry in entries {
            switch entry {
            case .job(let job): ready.append(job)
            case .work(let work): work()
            }
        }
    }

    private func runJobs() {
        if !turnWaiters.isEmpty {
            let waiters = turnWaiters
            turnWaiters.removeAll(keepingCapacity: true)
            for waiter in waiters { waiter.resume() }
        }
        let isolation = serial.asUnownedSerialExecutor()
        let preference = asUnownedTaskExecutor()
        var rounds = 0
        while !ready.isEmpty, rounds < Self.roundsPerTurn {
            swap(&ready, &batch)
            // Every hot job is of an actor on this loop: told so, the runtime never switches executors for
            // it.
            for job in batch { job.runSynchronously(isolatedTo: isolation, taskExecutor: preference) }
            batch.removeAll(keepingCapacity: true)
            rounds += 1
        }
    }
}

extension Duration {
    /// Rounded up, so that a timer never fires early; never negative.
    var wholeMilliseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let attosecondsPerMillisecond: Int64 = 1_000_000_000_000_000
        let rest = (attoseconds + attosecondsPerMillisecond - 1) / attosecondsPerMillisecond
        return UInt64(min(seconds, 1 << 40)) * 1000 + UInt64(rest)
    }
}
