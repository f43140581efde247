public import Database
public import EventLoop
public import Telemetry
import Tenancy
public import Vocabulary

/// Takes jobs of its lanes and carries them out, on one loop: within the clinic of each, many at a time.
///
/// It is an actor on its loop, as a connection is, so that the calls between it, the handlers and the loop's
/// connections are plain calls.
public actor Worker {
    nonisolated let loop: EventLoop
    /// The loop's.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.serial.asUnownedSerialExecutor() }

    let parts: WorkerParts
    let recurring: RecurringJobs
    var row: WorkerRow
    var running: [TakenName: RunningJob] = [:]
    var inUse: [Lane: Int] = [:]
    var ended: [EndedJob] = []
    var isWritingDown = false
    var counts = JobCounts()
    var limits = LaneLimits()
    /// Lanes in which something may be ready.
    var hot: Set<Lane> = []
    /// A notice may have been missed, or this moment has come: every lane is looked at.
    private var mustLook = true
    private var looksAt: UInt64 = 0
    private static let lookEvery = Duration.milliseconds(500)
    /// Whose turn was last, in each lane.
    var turns: [Lane: TenantID] = [:]
    var isStopping = false
    private var isWoken = false
    private var pausing: UnsafeContinuation<Void, Never>?

    /// A worker that does nothing until `run`.
    public init(_ parts: WorkerParts, on loop: EventLoop) {
        (self.parts, self.loop) = (parts, loop)
        recurring = RecurringJobs(parts.handlers.recurrences, zones: parts.zones)
        row = WorkerRow(id: .random(at: parts.clock.now()), name: parts.name, lanes: parts.lanes)
    }

    /// Works until `stop`; then finishes what is under way, gives back what is not finished in time, and
    /// leaves.
    public func run() async {
        let duties = Task(executorPreference: loop) { await self.doDuties() }
        let listening = Task(executorPreference: loop) { await self.listen() }
        await register()
        while !isStopping {
            // By the clock also while it is busy: who is woken all the time never waits until it is time.
            if mustLook || loop.now >= looksAt { await lookAround() }
            await takeAll()
            if !isStopping { await pause(Self.lookEvery) }
        }
        await drain()
        for task in [duties, listening] { task.cancel() }
        await writeDown()
        try? await counts.write(in: parts.database)
        try? await row.leave(parts.database)
    }

    /// Takes nothing more; `run` returns when what was taken has ended.
    public func stop() {
        isStopping = true
        wake()
    }

    /// Something may be ready, or a place has become free.
    func wake() {
        isWoken = true
        pausing?.resume()
        pausing = nil
    }

    /// Until woken, or until it is time to look anyway.
    private func pause(_ limit: Duration) async {
        if !isWoken {
            let timer = loop.schedule(after: limit) { self.wake() }
            await withUnsafeContinuation { pausing = $0 }
            loop.cancel(timer)
        }
        isWoken = false
    }

    /// One question about all lanes.
    private func lookAround() async {
        mustLook = false
        looksAt = loop.now + UInt64(Self.lookEvery / .milliseconds(1))
        let question = TakenJob.readyLanes(of: parts.lanes)
        do { hot.formUnion(try await parts.database.workerRows(question)) } catch {
            parts.outage.note("the lanes could not be looked at", error)
        }
    }

    private func listen() async {
        for await notice in parts.database.notifications.subscribe(to: JobQueue.channel) {
            switch notice {
            case .reread, .pulse: mustLook = true
            case .payload(let text):
                let told = text.split(separator: ",").compactMap { Lane(rawValue: String($0)) }
                hot.formUnion(parts.lanes.filter(told.contains))
            }
            wake()
        }
    }

    func register() async {
        while !isStopping {
            do {
                limits = try await LaneLimits.read(from: parts.database)
                return try await row.register(in: parts.database)
            } catch {
                parts.outage.note("a worker could not register", error)
                await rest(.seconds(1))
            }
        }
    }

    /// A rest that a cancelled task does not take.
    func rest(_ duration: Duration) async { try? await loop.sleep(for: duration) }

    /// Waits for what is under way; what is not finished in time is stopped and given back untried.
    private func drain() async {
        let until = ContinuousClock.now + parts.drainLimit
        while !running.isEmpty || !ended.isEmpty || isWritingDown, ContinuousClock.now < until {
            await pause(.milliseconds(50))
        }
        stopAll()
        let last = ContinuousClock.now + .seconds(2)
        while !running.isEmpty || isWritingDown, ContinuousClock.now < last { await pause(.milliseconds(20)) }
    }
}

/// What a worker works with; the program puts it together.
public struct WorkerParts: Sendable {
    /// The rows.
    public var database: Database
    /// What each kind of job does.
    public var handlers: JobHandlers
    /// Which lanes it takes from.
    public var lanes: [Lane] = Lane.allCases
    /// What it is called where operators see it: the machine and the process.
    public var name: String
    /// Where it leaves lines.
    public var log: Log
    /// Where it counts.
    public var figures: JobFigures
    /// What time it is.
    public var clock: WallClock
    /// How many jobs of one lane it has at a time, at most.
    public var atOnceInLane = 64
    /// How long it waits for what is under way before it stops.
    public var drainLimit = Duration.seconds(20)
    let zones = ZoneFiles()
    let outage: OutageLog

    /// Everything, for all lanes.
    public init(
        database: Database, handlers: JobHandlers, name: String, log: Log, figures: JobFigures,
        clock: WallClock
    ) {
        (self.database, self.handlers, self.name) = (database, handlers, name)
        (self.log, self.figures, self.clock) = (log, figures, clock)
        outage = OutageLog(log)
    }
}
