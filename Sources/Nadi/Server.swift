import Auditing
import Credentials
import Crypto
import Database
import ErrorReports
import EventLoop
import Federation
import Glibc
import HTTP
import Identity
import Invitations
import Live
import JobQueue
import Notices
import Outbox
import Outgoing
import PluginKit
import Reception
import Redis
import Roles
import SignIn
import Staffing
import Telemetry
import Tenancy
import Vocabulary

/// The rooms, put together: what `nadi serve` opens and closes.
struct Server: Sendable {
    static let version = "0.1.0"

    let http: HTTPServer
    private let reception: Reception
    private let loops: EventLoopGroup
    private let database: Database
    private let directory: TenantDirectory
    private let sessions: Sessions
    private let health: Health
    private let log: LogSink
    private let crew: WorkerCrew
    private let shared: SharedRedis?
    private let live: LiveHub
    private let messages: Messages
    private let issuers: Courier
    private let figures: JobFigures
    private let sealer: AuditSealer
    private let reports: (reporter: ErrorReporter, courier: Courier)?
    private let hasWorkers: Bool

    /// Opens everything but the door.
    init(_ configuration: Configuration, _ hold: DatabaseHold) throws {
        Self.raiseDescriptorLimit()
        try Self.checkPlugins()
        let loops = EventLoopGroup(count: configuration.loops)
        let shelf = VisitTypeShelf(installedPlugins)
        log = configuration.openLog()
        reports = configuration.openReports(of: log, loops: loops.loops)
        let lines = Log(to: log, from: LogLevel(word: configuration.logLevel) ?? .info)
        let metrics = Metrics(), secret = try configuration.openSecret()
        shared = configuration.redis.map {
            SharedRedis(at: $0, loops: loops.loops, under: secret, metrics: metrics, log: lines)
        }
        var settings = hold.databaseConfiguration(password: configuration.databasePassword)
        settings.carrier = shared?.carrier
        let database = Database(settings, loops: loops.loops)
        directory = TenantDirectory(database, baseDomain: try configuration.baseHost, shelf: shelf)
        sessions = Sessions(
            issuer: configuration.url(of: nil), under: secret, loops: configuration.loops)
        health = Health { database.isReachable }
        messages = Messages(configuration, loops: loops.loops, under: secret, log: lines)
        sealer = AuditSealer(under: secret, clock: .system, log: lines)
        hasWorkers = configuration.workers > 0
        figures = JobFigures(metrics)
        let work = WorkerParts(
            database: database, handlers: jobHandlers(configuration.mode, messages, sealer, metrics),
            name: configuration.processName,
            log: lines, figures: figures, clock: .system)
        crew = WorkerCrew(work, on: Array(loops.loops.prefix(configuration.workers)))
        var parts = ReceptionParts(
            tenants: directory, sessions: sessions, database: database, secret: secret, metrics: metrics,
            log: lines,
            clock: .system, health: health, version: Self.version)
        parts.limits = .times(configuration.limitFactor)
        if let shared { parts.limiter = shared.windows }
        let signIn = SignInParts(
            issuer: configuration.url(of: nil), under: secret, in: database, by: messages.queue,
            messages.gateways)
        let credentials = CredentialParts(
            under: secret, scheme: configuration.mode == .production ? "https" : "http",
            threads: min(2, configuration.loops), for: signIn)
        issuers = Courier(configuration.issuerAddresses, loops: loops.loops)
        let federation = FederationParts(
            under: secret, at: { configuration.url(of: $0) }, for: signIn, credentials,
            asking: IssuerShelf(by: issuers, remembering: shared?.cache ?? MemoryCache()),
            signingBy: ProgramKeys(in: database, under: secret))
        live = LiveHub(
            database, naming: EventNames(under: secret), loops: loops.loops, clock: .system, metrics: metrics)
        let open = endpoints(in: configuration.mode, toldBy: live)
        parts.tools = [
            messages.webhooks, messages.correspondence, signIn, credentials, federation,
            ExplainingParts(open.descriptions, finders: subjectFinders, reachings: subjectReachings),
            InstalledPlugins(shelf), APIKeyHashing(under: secret),
            InvitationParts(under: secret, by: messages.queue, messages.gateways, for: credentials),
        ]
        reception = try Reception(parts, open)
        http = try HTTPServer(try configuration.serverConfiguration, loops: loops, application: reception)
        (self.loops, self.database) = (loops, database)
    }

    /// Serves until `untilAsked` returns; then answers what is under way, and closes everything.
    func run(untilAsked: @Sendable () async -> Void) async {
        database.start()
        shared?.start()
        startFlushing()
        let listeners = startListening()
        await http.start()
        crew.start()
        health.beginServing()
        await untilAsked()
        health.beginDraining()
        live.drain()
        async let finished: Void = crew.stop()
        await http.drain()
        await finished
        for listener in listeners { listener.cancel() }
        shared?.close()
        messages.close()
        issuers.close()
        reports?.courier.close()
        database.close()
        loops.stop()
        log.flush()
    }

    /// Snapshots and tokens are forgotten when the database says that they are old.
    private func startListening() -> [Task<Void, Never>] {
        let loop = loops.loops[0]
        return [
            Task(executorPreference: loop) { [directory] in await directory.listen() },
            Task(executorPreference: loop) { [sessions, database] in await sessions.listen(to: database) },
            Task(executorPreference: loop) { [live] in await live.run() },
            Task(executorPreference: loop) { [figures, database] in await figures.watch(database) },
            Task(executorPreference: loop) { [reports] in await reports?.reporter.run() },
            Task(executorPreference: loop) { [reception] in await reception.keepBooks() },
            // Who carries out no jobs wakes no relays.
            Task(executorPreference: loop) { [messages, database, hasWorkers] in
                if hasWorkers { await messages.listen(to: database) }
            },
            Task(executorPreference: loop) { [sealer, database, hasWorkers] in
                if hasWorkers { await sealer.watch(database) }
            },
            Task(executorPreference: loop) { [shared] in await shared?.windows.announce() },
        ]
    }

    private func startFlushing() {
        for loop in loops.loops {
            loop.execute { [log] in EventLoop.current?.beforeWait { log.flush() } }
        }
    }

    /// A plugin that contradicts itself, another one or the house keeps the door closed.
    private static func checkPlugins() throws {
        let installed = VisitTypeShelf(installedPlugins).installed
        let flaws = flaws(inRoster: installedPlugins) + Subject.flaws(in: installed)
        guard flaws.isEmpty else {
            throw Refusal("The plugins are unsound: \(flaws.joined(separator: "; ")).")
        }
    }

    /// Every client is a descriptor; the shell's usual thousand would be the first limit that a clinic meets.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
