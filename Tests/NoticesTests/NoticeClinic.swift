import Crypto
import Database
import EventLoop
import JobQueue
import Outgoing
import Synchronization
import Telemetry
import Tenancy
import TestKit
import Vocabulary

@testable import Messaging
@testable import Notices

/// A clinic with one patient and a practitioner, whose appointments are booked, moved and called off as the
/// product would, and whose messages go to the inbox.
struct NoticeClinic: Sendable {
    /// Some weeks before the appointments.
    static let now = Instant(seconds: 1_796_000_000)

    let place: TestPlace
    let clinic: TenantDatabase
    let relay: EventRelay
    let sender: MessageSender
    let telling: EmergencyTelling
    let time: TestTime

    static func with(
        language: String = "en", loops: Int = 1,
        _ body: @escaping @Sendable (NoticeClinic) async throws -> Void
    ) async throws {
        try await TestDatabase.withPlace(loops: loops) { place in
            let courier = Courier(.operatorNamed, loops: place.loops)
            defer { courier.close() }
            let clinic = try await NoticeClinic(place, courier, language)
            try await body(clinic)
        }
    }

    private init(_ place: TestPlace, _ courier: Courier, _ language: String) async throws {
        let rows = try await place.script(
            """
            INSERT INTO tenant (public_id, slug, name) VALUES (gen_random_uuid(), 'mitra', 'Mitra');
            CREATE VIEW one WITH (security_invoker = true) AS
                SELECT id AS t, '00000000-0000-7000-8000-000000000001'::uuid AS a FROM tenant;
            SELECT set_config('app.tenant_id', (SELECT id::text FROM tenant), false);
            INSERT INTO clinic_configuration (tenant_id, version, body, applied_by)
                SELECT t, 1, '{"languages": ["ro"]}', 'test' FROM one;
            INSERT INTO location (tenant_id, id, slug, name, zone) SELECT t, a, 'main', 'Main', 'Asia/Kolkata' FROM one;
            INSERT INTO resource (tenant_id, id, kind) SELECT t, a, 'practitioner' FROM one;
            INSERT INTO staff_member (tenant_id, id, name, email) SELECT t, a, 'Dr. Iyer', 's@x.example' FROM one;
            INSERT INTO practitioner (tenant_id, id, staff_member_id) SELECT t, a, a FROM one;
            INSERT INTO patient (tenant_id, id, name, birth_date, phone, email, language)
                SELECT t, a, 'Asha', '1990-01-01', '+919812345678', 'asha@home.example', '\(language)' FROM one;
            SELECT t::text FROM one
            """)
        self.place = place
        clinic = place.database.clinic(TenantID(number: Int32(rows[0][0] ?? "") ?? 0))
        let time = TestTime()
        self.time = time
        let secret = try Secret(rawBytes: Array(repeating: 7, count: 32))
        let clock = WallClock { time.now }
        let gateways = MessageGateways(
            [:], usesInbox: true, trusted: courier, guarded: courier, under: secret)
        let queue = MessageQueue(under: secret)
        telling = EmergencyTelling(by: queue, gateways, zones: ZoneFiles(), clock: clock)
        relay = EventRelay(to: queue, by: gateways, clock: clock)
        sender = MessageSender(
            by: gateways, from: queue, about: [AppointmentReader(), EmergencyReader()], zones: ZoneFiles(),
            clock: clock,
            log: Log(to: LogSink(style: .json, clock: clock, batchBytes: 1 << 20)))
    }

    /// Books an appointment, so many days ahead.
    func book(daysAhead: Int) async throws -> UniqueID {
        try await book(at: time.now + .seconds(daysAhead * 86_400))
    }

    /// Books an appointment.
    func book(at start: Instant) async throws -> UniqueID {
        let id = UniqueID.random(at: time.now)
        let tenant = clinic.tenant, one = UniqueID(high: 0x7000, low: 0x8000_0000_0000_0001)
        try await clinic.once(
            """
            INSERT INTO appointment (tenant_id, id, patient_id, practitioner_id, location_id, plugin, plugin_version,
                visit_type, starts_at, ends_at, local_start, zone)
            VALUES (\(tenant), \(id), \(one), \(one), \(one), 'p', 1, 'v', \(start), \(start + .seconds(1800)),
                '2027-01-04T09:00', 'Asia/Kolkata')
            """, with: [event("appointment.booked", of: id)])
        return id
    }

    /// What the clinic's file and its chain's template say about reminders.
    func say(reminderHours hours: String?, chain: String?) async throws {
        func body(_ hours: String?) -> String {
            hours.map { "{\"messages\": {\"reminder_hours\": \($0)}}" } ?? "{}"
        }
        try await place.script(
            """
            INSERT INTO organisation (id, slug, name)
                VALUES ('00000000-0000-7000-8000-000000000009', 'chain', 'Chain');
            INSERT INTO organisation_configuration (organisation_id, version, body, applied_by)
                VALUES ('00000000-0000-7000-8000-000000000009', 1, '\(body(chain))', 'test');
            UPDATE tenant SET organisation_id = '00000000-0000-7000-8000-000000000009';
            INSERT INTO clinic_configuration (tenant_id, version, body, applied_by)
                SELECT t, 2, '\(body(hours))', 'test' FROM one;
            """)
    }

    /// Gives it another time, as rescheduling will.
    func move(_ id: UniqueID, to start: Instant) async throws {
        try await clinic.once(
            """
            UPDATE appointment SET starts_at = \(start), ends_at = \(start + .seconds(1800)), version = version + 1
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND stage = 'booked'
            """, with: [event("appointment.booked", of: id, isMoved: true)])
    }

    /// Calls it off.
    func cancel(_ id: UniqueID) async throws {
        try await clinic.once(
            """
            UPDATE appointment SET stage = 'cancelled', version = version + 1, cancelled_at = \(time.now)
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND stage = 'booked'
            """, with: [event("appointment.cancelled", of: id)])
    }

    /// Books it again at another time after it was called off: its next version.
    func restore(_ id: UniqueID, at start: Instant) async throws {
        try await clinic.once(
            """
            UPDATE appointment SET stage = 'booked', version = version + 1, cancelled_at = NULL, starts_at = \(start),
                ends_at = \(start + .seconds(1800)) WHERE tenant_id = \(clinic.tenant) AND id = \(id)
            """, with: [event("appointment.booked", of: id, isMoved: true)])
    }

    private func event(_ kind: String, of id: UniqueID, isMoved: Bool = false) -> SQL {
        """
        INSERT INTO outbox (tenant_id, kind, subject_id, subject_version, payload, at)
        SELECT tenant_id, \(kind), id, version, jsonb_build_object('start',
            to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            'rescheduled_from', CASE WHEN \(isMoved) THEN 'another' END), \(time.now)
        FROM appointment WHERE tenant_id = \(clinic.tenant) AND id = \(id)
        """
    }

    /// Relays until nothing is left: an older transaction, of another test's even, hides events for a while.
    func relayAll() async throws {
        while try await !relay.relay(in: clinic) { try await EventLoop.current?.sleep(for: .milliseconds(2)) }
    }

    /// Every message that may still be sent is tried once.
    func sendAll() async throws {
        let ids: [ID<Message>] = try await clinic.rows(
            """
            SELECT id FROM message WHERE tenant_id = \(clinic.tenant) AND state IN ('waiting', 'sending') ORDER BY id
            """)
        for id in ids { try await send(id) }
    }

    @discardableResult
    func send(_ id: ID<Message>) async throws -> JobOutcome {
        try await sender.send(id, in: clinic) { settlement in
            try await clinic.write { settlement.apply(in: $0) }
            return .done
        }
    }

    /// `appointment.booked sms sent`, by template.
    func messages() async throws -> [String] {
        try await place.script(
            """
            SELECT concat_ws(' ', template, channel, state, reason) FROM message
            ORDER BY template, channel, created_at, id
            """
        ).compactMap { $0[0] }
    }
}

/// A clock that a test moves.
final class TestTime: Sendable {
    private let time = Mutex(NoticeClinic.now)
    var now: Instant { time.withLock { $0 } }
    func pass(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
}
