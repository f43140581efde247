import Crypto
import Database
import EventLoop
import Glibc
import HTTP
import Identity
import JobQueue
import Reception
import Telemetry
import Tenancy
import TestKit
import Vocabulary

/// A server with the sample endpoints, two clinics, a suspended one, and a receptionist who has signed in.
struct ReceptionHouse: Sendable {
    let place: TestPlace
    let health: Health
    let port: UInt16
    /// A receptionist of the clinic `asha`.
    let asha: WireCaller
    /// Anybody at the clinic `asha`.
    let stranger: WireCaller
    /// What the log says; read it once, at the end.
    let log: LogPipe

    static func endpoints() -> OpenEndpoints {
        var endpoints = OpenEndpoints()
        endpoints.open(AnswerPing.self)
        endpoints.open(WhoAmI.self)
        endpoints.open(MakeSample.self)
        endpoints.open(ApproveSample.self)
        endpoints.open(DenySample.self)
        endpoints.open(DenyAnybody.self)
        endpoints.open(ReadSample.self)
        endpoints.open(ReplaceSample.self)
        endpoints.open(ListSamples.self)
        endpoints.open(ReadRarely.self)
        endpoints.open(ReadSecret.self)
        endpoints.open(ReadOtherSecret.self)
        endpoints.open(KnockOften.self)
        endpoints.open(ForgetOften.self)
        endpoints.open(SendOften.self)
        endpoints.open(SearchOften.self)
        endpoints.open(KeepOften.self)
        endpoints.open(ReadFreshly.self)
        endpoints.open(Fail.self)
        return endpoints
    }

    /// The same caller at another host.
    func caller(at host: String, token: String? = nil) -> WireCaller {
        WireCaller(port: port, host: host, token: token)
    }

    /// Carries out the job that sweeps idempotency keys, once.
    func sweep() async throws {
        try await place.script(
            """
            INSERT INTO job (tenant_id, lane, kind, payload, tries_max, state)
            VALUES (1, 'retention', 'sweep-idempotency-keys', '{}', 1, 'ready')
            """)
        var handlers = JobHandlers()
        handlers.on(.expiredAnswers)
        let crew = WorkerCrew(
            WorkerParts(
                database: place.database, handlers: handlers, name: "test",
                log: Log(to: LogSink(descriptor: log.writing, style: .json, clock: .still, batchBytes: 0)),
                figures: JobFigures(Metrics()), clock: .still),
            on: [place.loops[0]])
        crew.start()
        while try await place.script("SELECT FROM job").count > 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
        await crew.stop()
    }

    /// Opens a house on two loops, lends it to `body`, and closes it.
    static func open(
        limits: LimitScale = .declared, _ body: @escaping @Sendable (ReceptionHouse) async throws -> Void
    ) async throws {
        try await TestDatabase.withPlace { place in
            let group = EventLoopGroup(count: 2)
            let outcome = await Result { try await serve(place, group, limits, body) }
            group.stop()
            try outcome.get()
        }
    }

    private static func serve(
        _ place: TestPlace, _ group: EventLoopGroup, _ limits: LimitScale,
        _ body: @escaping @Sendable (ReceptionHouse) async throws -> Void
    ) async throws {
        try await place.script(people)
        var configuration = DatabaseConfiguration(url: place.urls.app)
        (configuration.platformURL, configuration.workerURL) = (place.urls.platform, place.urls.worker)
        let database = Database(configuration, loops: group.loops)
        let secret = try Secret(rawBytes: Array(repeating: 5, count: 32))
        let clock = WallClock { Instant(seconds: Int64(time(nil))) }
        let health = Health { true }
        let log = LogPipe()
        guard let base = HostName(field: "localhost") else { throw HouseFault.base }
        let reception = try Reception(
            ReceptionParts(
                tenants: TenantDirectory(database, baseDomain: base, shelf: VisitTypeShelf([])),
                sessions: Sessions(issuer: "nadi", under: secret, loops: 2), database: database,
                secret: secret,
                metrics: Metrics(),
                log: Log(to: LogSink(descriptor: log.writing, style: .json, clock: clock, batchBytes: 0)),
                clock: clock,
                health: health, version: "0.0.0", limits: limits), endpoints())
        let server = try HTTPServer(
            ServerConfiguration(host: .loopback, port: 0), loops: group, application: reception)
        await server.start()
        let token = try await group.loops[0].perform {
            try await Self.token(database, secret, at: clock.now())
        }
        let house = ReceptionHouse(
            place: place, health: health, port: server.port,
            asha: WireCaller(port: server.port, host: "asha.localhost", token: token),
            stranger: WireCaller(port: server.port, host: "asha.localhost"), log: log)
        let outcome = await Result { try await body(house) }
        await server.drain()
        database.close()
        log.close()
        try outcome.get()
    }

    enum HouseFault: Error { case base, mint, staff }

    private static func token(_ database: Database, _ secret: Secret, at now: Instant) async throws -> String
    {
        guard
            let mint = TokenMint(
                issuer: "nadi", keys: SigningKeys(in: database, under: secret), isProduction: false)
        else { throw HouseFault.mint }
        guard let staff = UniqueID(uuidText: "01931c6e-5f00-7cc5-b6e0-00000000000a"),
            let clinic = UniqueID(uuidText: "01931c6e-5f00-7cc5-b6e0-000000000001")
        else { throw HouseFault.staff }
        return try await mint.token(
            for: ID(staff), at: database.clinic(TenantID(number: 1)), ID(clinic), now: now)
    }

    private static let people = """
        INSERT INTO tenant (public_id, slug, name, suspended_at) VALUES
            ('01931c6e-5f00-7cc5-b6e0-000000000001', 'asha', 'Asha <& Daughters>', NULL),
            ('01931c6e-5f00-7cc5-b6e0-000000000002', 'ravi', 'Ravi', NULL),
            ('01931c6e-5f00-7cc5-b6e0-000000000003', 'closed', 'Closed', now());
        SET app.tenant_id = 1;
        INSERT INTO staff_member (tenant_id, id, name, email)
            VALUES (1, '01931c6e-5f00-7cc5-b6e0-00000000000a', 'Meera Kulkarni', 'meera@asha.example');
        INSERT INTO staff_role (tenant_id, id, staff_member_id, role) VALUES
            (1, '01931c6e-5f00-7cc5-b6e0-00000000000b',
                '01931c6e-5f00-7cc5-b6e0-00000000000a', 'receptionist');
        """
}

/// The reading end of what a log writes.
final class LogPipe: Sendable {
    let reading: Int32
    let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        (reading, writing) = (ends[0], ends[1])
    }

    /// What has been written and not read yet.
    func text() -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(reading, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    func close() {
        Glibc.close(reading)
        Glibc.close(writing)
    }
}

extension WallClock {
    fileprivate static let still = WallClock { Instant(seconds: 1_799_046_000) }
}
