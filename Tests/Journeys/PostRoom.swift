import Crypto
import Database
import EventLoop
import HTTP
import JobQueue
import Outgoing
import Telemetry
import Tenancy
import TestKit
import Testing
import Vocabulary

@testable import Messaging
@testable import Notices

/// What tells a clinic's patients, beside the house: the relay and senders on connections of their own, and a
/// gateway that keeps what it is asked.
struct PostRoom: Sendable {
    let gateway: RecordingGateway
    let clinic: TenantDatabase
    private let place: TestPlace
    private let relay: EventRelay
    private let sender: MessageSender

    static func open(
        in house: JourneyHouse, _ body: @escaping @Sendable (PostRoom) async throws -> Void
    ) async throws {
        let gateway = RecordingGateway(), group = EventLoopGroup(count: 1)
        let server = try HTTPServer(
            ServerConfiguration(host: .loopback, port: 0), loops: group, application: gateway)
        await server.start()
        let courier = Courier(.operatorNamed, loops: house.place.loops)
        let outcome = await Result { try await body(PostRoom(house, gateway, port: server.port, courier)) }
        courier.close()
        await server.drain()
        group.stop()
        try outcome.get()
    }

    private init(
        _ house: JourneyHouse, _ gateway: RecordingGateway, port: UInt16, _ courier: Courier
    ) throws {
        (self.gateway, place) = (gateway, house.place)
        clinic = house.place.database.clinic(house.first.tenant.id)
        let url = try #require(GatewayURL("gateway+http://:s@127.0.0.1:\(port)/send?per_day=100000"))
        let gateways = MessageGateways(
            [.sms: url], usesInbox: false, trusted: courier, guarded: courier, under: house.secret)
        let queue = MessageQueue(under: house.secret), clock = WallClock { JourneyHouse.now }
        relay = EventRelay(to: queue, by: gateways, clock: clock)
        sender = MessageSender(
            by: gateways, from: queue, about: [AppointmentReader()], zones: ZoneFiles(), clock: clock,
            log: Log(to: LogSink(style: .json, clock: clock, batchBytes: 1 << 20)))
    }

    /// Reads what there is to read: an older transaction, of another test's even, may hide events for a
    /// while.
    func relayOnce() async throws { _ = try await relay.relay(in: clinic) }

    func relayAll() async throws {
        while try await !relay.relay(in: clinic) { try await EventLoop.current?.sleep(for: .milliseconds(2)) }
    }

    /// Every message that may still be sent is tried once.
    func sendAll() async throws {
        for id in try await waiting() { try await send(id) }
    }

    func waiting() async throws -> [ID<Message>] {
        try await clinic.rows(
            """
            SELECT id FROM message
            WHERE tenant_id = \(clinic.tenant) AND state IN ('waiting', 'sending') ORDER BY id
            """)
    }

    @discardableResult
    func send(_ id: ID<Message>) async throws -> JobOutcome {
        try await sender.send(id, in: clinic) { settlement in
            try await clinic.write { settlement.apply(in: $0) }
            return .done
        }
    }
}
