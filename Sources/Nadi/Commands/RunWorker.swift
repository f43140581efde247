import Auditing
import Database
import EventLoop
import JSON
import JobQueue
import Notices
import Telemetry
import Terminal
import Vocabulary

/// Carries out jobs, apart from any server.
struct RunWorker: Command {
    static let name = "worker"
    static let summary = "Carry out jobs until SIGTERM; beside servers, or instead of theirs."
    static let examples = ["nadi worker", "nadi worker --lanes email,reminder,notification"]

    @Option("lanes", "Only jobs of these lanes, parted by commas.") var lanes: LaneList?

    func run(in place: Place) async throws -> Answer {
        let configuration = place.configuration
        let hold = try DatabaseHold.borrow(configuration)
        defer { hold.release() }
        let loops = EventLoopGroup(count: max(1, configuration.workers))
        let log = configuration.openLog()
        let lines = Log(to: log, from: LogLevel(word: configuration.logLevel) ?? .info)
        let secret = try configuration.openSecret(), metrics = Metrics()
        let shared = configuration.redis.map {
            SharedRedis(at: $0, loops: loops.loops, under: secret, metrics: metrics, log: lines)
        }
        var settings = hold.databaseConfiguration(password: configuration.databasePassword)
        settings.carrier = shared?.carrier
        let database = Database(settings, loops: loops.loops)
        let messages = Messages(configuration, loops: loops.loops, under: secret, log: lines)
        let sealer = AuditSealer(under: secret, clock: .system, log: lines)
        var parts = WorkerParts(
            database: database, handlers: jobHandlers(configuration.mode, messages, sealer, metrics),
            name: configuration.processName,
            log: lines,
            figures: JobFigures(metrics), clock: .system)
        parts.lanes = lanes?.lanes ?? parts.lanes
        let crew = WorkerCrew(parts, on: loops.loops)
        for loop in loops.loops {
            loop.execute { EventLoop.current?.beforeWait { log.flush() } }
        }
        shared?.start()
        database.start()
        crew.start()
        let listening = Task(executorPreference: loops.loops[0]) { [parts] in
            // Who carries out no relays wakes none.
            if parts.lanes.contains(RelayEvents.lane) { await messages.listen(to: database) }
        }
        let sealing = Task(executorPreference: loops.loops[0]) { await sealer.watch(database) }
        place.terminal.note("carrying out jobs of \(parts.lanes.count) lanes")
        await Serve.untilSignalled()
        await crew.stop()
        listening.cancel()
        sealing.cancel()
        messages.close()
        shared?.close()
        database.close()
        loops.stop()
        log.flush()
        return Answer(json: ["stopped": .bool(true)], lines: [])
    }
}

/// Lanes by name, parted by commas.
struct LaneList: OptionValue {
    let lanes: [Lane]

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        lanes = names.compactMap { Lane(rawValue: String($0)) }
        guard lanes.count == names.count, Set(lanes).count == lanes.count else { return nil }
    }

    static var hint: String { "LANE,…" }
}
