import Access
import Auditing
import Correspondence
import Credentials
import Crypto
import Database
import EventLoop
import HTTP
import Identity
import Integrations
import Invitations
import JSON
import Live
import Messaging
import Notices
import Operations
import Outbox
import Outgoing
import PluginKit
import Reception
import Records
import Scheduling
import Shapes
import SignIn
import Synchronization
import Staffing
import Telemetry
import Tenancy
import TestKit
import Trust
import Vocabulary
import Webhooks

/// The whole house with two clinics in it, as those who work there meet it: over HTTP.
struct JourneyHouse: Sendable {
    /// A clinic, the receptionist who calls it, and whoever runs it.
    struct Clinic: Sendable {
        let tenant: Tenant
        let cast: DemoSeed.Cast
        let desk: WireCaller
        let admin: WireCaller
        /// Whoever can be booked, as they call.
        let practitioner: WireCaller
    }

    let place: TestPlace
    let first: Clinic
    let second: Clinic
    let live: LiveHub
    let time: JourneyTime
    let secret: Secret
    let correspondence: CorrespondenceParts
    let hearing: Hearing
    /// The moment at which everything begins: a Sunday.
    static let now = Instant(seconds: 1_798_970_400)

    /// Opens the house, lends it to `body`, and closes it.
    ///
    /// Everybody in here comes from one address: the limits are wide, unless a test is about them.
    static func open(
        limits: LimitScale = .times(1_000), _ body: @escaping @Sendable (JourneyHouse) async throws -> Void
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
        _ body: @escaping @Sendable (JourneyHouse) async throws -> Void
    ) async throws {
        var configuration = DatabaseConfiguration(url: place.urls.app)
        (configuration.platformURL, configuration.workerURL) = (place.urls.platform, place.urls.worker)
        let database = Database(configuration, loops: group.loops)
        let secret = try Secret(rawBytes: Array(repeating: 7, count: 32))
        guard let base = HostName(field: "localhost") else { throw Refusal("localhost is a host.") }
        let shelf = VisitTypeShelf([JourneyPlugin()])
        let directory = TenantDirectory(database, baseDomain: base, shelf: shelf)
        let time = JourneyTime()
        let live = LiveHub(
            database, naming: EventNames(under: secret), loops: group.loops, clock: time.clock,
            metrics: Metrics())
        let courier = Courier(.operatorNamed, loops: group.loops)
        let gateways = MessageGateways(
            [:], usesInbox: true, trusted: courier, guarded: courier, under: secret)
        let sessions = Sessions(issuer: "nadi", under: secret, loops: 2)
        var parts = ReceptionParts(
            tenants: directory, sessions: sessions, database: database, secret: secret, metrics: Metrics(),
            log: Log(
                to: LogSink(descriptor: 2, style: .json, clock: time.clock, batchBytes: 0), from: .error),
            clock: time.clock, health: Health { true }, version: "0.0.0",
            limits: limits)
        let signIn = SignInParts(
            issuer: "nadi", under: secret, in: database, by: MessageQueue(under: secret), gateways)
        let credentials = CredentialParts(under: secret, scheme: "http", threads: 1, for: signIn)
        let correspondence = CorrespondenceParts(
            gateways, MessageLinks(under: secret) { "https://\($0.text).example" })
        let open = endpoints(live)
        parts.tools = [
            WebhookParts(under: secret), signIn, correspondence,
            explaining(open), InstalledPlugins(shelf), APIKeyHashing(under: secret),
            InvitationParts(under: secret, by: MessageQueue(under: secret), gateways, for: credentials),
        ]
        let server = try HTTPServer(
            ServerConfiguration(host: .loopback, port: 0), loops: group,
            application: try Reception(parts, open))
        await server.start()
        let listeners = listen(to: database, on: group.loops, live, sessions, directory)
        let clinics = try await group.loops[0].perform {
            try await [
                clinic("asha", directory, database, secret, server.port),
                clinic("ravi", directory, database, secret, server.port),
            ]
        }
        let house = JourneyHouse(
            place: place, first: clinics[0], second: clinics[1], live: live, time: time, secret: secret,
            correspondence: correspondence, hearing: Hearing(of: database, on: group.loops))
        let outcome = await Result { try await body(house) }
        live.drain()
        await server.drain()
        for listener in listeners { listener.cancel() }
        courier.close()
        database.close()
        try outcome.get()
    }

    /// What is told, and what is forgotten because somebody has changed it.
    private static func listen(
        to database: Database, on loops: [EventLoop], _ live: LiveHub, _ sessions: Sessions,
        _ directory: TenantDirectory
    ) -> [Task<Void, Never>] {
        [
            Task(executorPreference: loops[0]) { await live.run() },
            Task(executorPreference: loops[1]) { await sessions.listen(to: database) },
            Task(executorPreference: loops[1]) { await directory.listen() },
        ]
    }

    private static func endpoints(_ live: LiveHub) -> OpenEndpoints {
        var endpoints = OpenEndpoints()
        endpoints.open(WhoAmI.self)
        endpoints.openSignIn()
        endpoints.openRecords()
        endpoints.openScheduling()
        endpoints.openTrust()
        endpoints.openAuditing()
        endpoints.openLive(live)
        endpoints.openWebhooks()
        endpoints.openMessageTemplates()
        endpoints.openCorrespondence()
        endpoints.openOperations()
        endpoints.openStaffing()
        endpoints.openIntegrations()
        endpoints.openInvitations()
        return endpoints
    }

    private static func explaining(_ open: OpenEndpoints) -> ExplainingParts {
        ExplainingParts(open.descriptions, finders: finders, reachings: reachings)
    }

    private static var finders: [String: ExplainingParts.Finder] {
        [
            "apt": { text, clinic in
                guard let id = ID<Appointment>(text: text) else { return .nowhere }
                return try await Appointment.location(of: id, in: clinic).map { .at($0) } ?? .nowhere
            },
            "pat": { text, clinic in
                guard let id = ID<Patient>(text: text) else { return .nowhere }
                return try await Patient.isKnown(id, in: clinic) ? .anywhere : .nowhere
            },
        ]
    }

    private static var reachings: [String: ExplainingParts.Reaching] {
        [
            "pat": { text, reach, clinic in
                guard let id = ID<Patient>(text: text) else { return false }
                return try await clinic.row(Patient.isReached(id, within: reach, in: clinic.tenant)) ?? false
            }
        ]
    }

    private static func clinic(
        _ name: String, _ directory: TenantDirectory, _ database: Database, _ secret: Secret, _ port: UInt16
    ) async throws -> Clinic {
        guard let slug = Slug(text: name),
            let mint = TokenMint(
                issuer: "nadi", keys: SigningKeys(in: database, under: secret), isProduction: false)
        else { throw Refusal("This cannot be a clinic.") }
        let registry = ClinicRegistry(database, shelf: VisitTypeShelf([JourneyPlugin()]))
        let file = try JSON(parsing: Array(Self.file.utf8)).objectValue ?? JSONObject()
        _ = try await registry.create(slug, name: name, file: file, by: "test", at: now)
        guard case .clinic(let tenant) = try await directory.find("\(name).localhost") else {
            throw Refusal("The clinic is not there.")
        }
        let cast = try await DemoSeed(seed: 1, patients: 4, appointments: 0).fill(
            tenant, in: database, now: now)
        let members = database.clinic(tenant.id)
        let desk = try await mint.token(for: cast.receptionist, at: members, tenant.publicID, now: now)
        let admin = try await mint.token(for: cast.admin, at: members, tenant.publicID, now: now)
        let booked: ID<StaffMember>? = try await members.row(
            """
            SELECT staff_member_id FROM practitioner
            WHERE tenant_id = \(tenant.id) AND id = \(cast.practitioner)
            """
        )
        guard let booked else { throw Refusal("Nobody can be booked.") }
        let practitioner = try await mint.token(for: booked, at: members, tenant.publicID, now: now)
        let caller = WireCaller(port: port, host: "\(name).localhost")
        return Clinic(
            tenant: tenant, cast: cast, desk: caller.with(desk), admin: caller.with(admin),
            practitioner: caller.with(practitioner))
    }

    /// What each of the clinics says about itself.
    static let file = """
        {"country": "RO", "zone": "Europe/Bucharest", "languages": ["ro"], "plugins": {"journey": {}},
         "booking": {"slot_step_minutes": 30},
         "locations": [{"slug": "main", "name": "Main", "hours": {"monday": ["09:00-12:00"]},
           "things": [{"kind": "room", "tag": "consulting", "label": "Room 1"}]}]}
        """
}

/// The house's clock, which stands still until a test lets time pass.
final class JourneyTime: Sendable {
    private let passed = Mutex(Duration.zero)

    var now: Instant { JourneyHouse.now + passed.withLock { $0 } }
    var clock: WallClock { WallClock { self.now } }

    func pass(_ duration: Duration) { passed.withLock { $0 += duration } }
}

/// A specialty with one kind of visit: half an hour with a physician, in a room.
struct JourneyPlugin: DomainPlugin {
    enum Stage: String, VisitStage {
        case booked, done
        var phase: Phase { self == .booked ? .booked : .cancelled }
    }

    enum Step: String, VisitStep { case finish }

    struct Configuration: Shape {}

    static let id: PluginID = "journey"
    static let title = "Journey"
    static let version = 1

    func visitTypes(_ configuration: Configuration) -> [VisitType] {
        VisitType(
            "consultation", "Consultation", lasting: .seconds(1800),
            lifecycle: Lifecycle<Stage, Step>(begins: .booked, ends: [.done]) {
                Move(.finish, from: .booked, to: .done, by: [.physician])
            }
        ) {
            Needs(.practitioner(.physician), .room("consulting"))
        }
    }
}

extension WireCaller {
    fileprivate func with(_ token: String) -> WireCaller {
        WireCaller(port: port, host: host, token: token)
    }
}
