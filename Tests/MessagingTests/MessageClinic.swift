import Crypto
import Database
import JobQueue
import Outgoing
import Synchronization
import Telemetry
import Tenancy
import TestKit
import Testing
import Vocabulary

@testable import Messaging

/// A clinic with things that messages can be about, and a sender that asks whichever gateways a test names.
final class MessageClinic: Sendable {
    static let now = Instant(seconds: 1_799_046_000)
    let place: TestPlace
    let clinic: TenantDatabase
    let queue: MessageQueue
    let gateways: MessageGateways
    let sender: MessageSender
    private let testTime = TestTime()

    static func with(
        _ gateways: [MessageChannel: String] = [:], usesInbox: Bool = false,
        _ body: @escaping @Sendable (MessageClinic) async throws -> Void
    ) async throws {
        try await TestDatabase.withPlace { place in
            let trusted = Courier(.operatorNamed, loops: place.loops)
            defer { trusted.close() }
            let rows = try await place.script(
                """
                CREATE TABLE thing (id uuid PRIMARY KEY, version int NOT NULL, phone text, email text,
                    practitioner text NOT NULL DEFAULT 'Dr. Iyer');
                GRANT SELECT, UPDATE ON thing TO nadi_app;
                INSERT INTO tenant (public_id, slug, name) VALUES (gen_random_uuid(), 'one', 'One'),
                    (gen_random_uuid(), 'two', 'Two');
                SELECT id::text FROM tenant ORDER BY id
                """)
            let tenant = TenantID(number: Int32(rows[0][0] ?? "") ?? 0)
            let known = gateways.compactMapValues(GatewayURL.init)
            #expect(known.count == gateways.count)
            try await body(
                MessageClinic(place, place.database.clinic(tenant), known, usesInbox: usesInbox, trusted))
        }
    }

    private init(
        _ place: TestPlace, _ clinic: TenantDatabase, _ urls: [MessageChannel: GatewayURL], usesInbox: Bool,
        _ courier: Courier
    ) throws {
        (self.place, self.clinic) = (place, clinic)
        let secret = try Secret(rawBytes: Array(repeating: 7, count: 32))
        queue = MessageQueue(under: secret)
        gateways = MessageGateways(
            urls, usesInbox: usesInbox, trusted: courier, guarded: courier, under: secret)
        let time = testTime
        sender = MessageSender(
            by: gateways, from: queue, about: [ThingReader()], zones: ZoneFiles(),
            clock: WallClock { time.now },
            log: Log(to: LogSink(style: .json, clock: WallClock { time.now }, batchBytes: 1 << 20)))
    }

    func pass(_ duration: Duration) { testTime.pass(duration) }

    /// A thing in its first version; whom it concerns can be reached both ways.
    func thing(phone: String? = "+919812345678", email: String? = "asha@home.example") async throws
        -> UniqueID
    {
        let id = UniqueID.random(at: Self.now)
        try await place.script(
            """
            INSERT INTO thing VALUES ('\(id)', 1, \(phone.map { "'\($0)'" } ?? "NULL"), \(email.map { "'\($0)'" } ?? "NULL"))
            """)
        return id
    }

    /// Asks for a message and gives its id.
    func ask(
        about thing: UniqueID, _ category: MessageCategory = .appointment,
        by channels: [MessageChannel] = [.sms, .email], expiresIn seconds: Int = 3600, key: String? = nil
    ) async throws -> ID<Message> {
        let draft = MessageDraft(
            key: key ?? "\(thing) \(category)", category, by: channels, template: "appointment.booked",
            about: MessageSubject(kind: "thing", id: thing, version: 1),
            expiresAt: testTime.now + .seconds(seconds))
        return try await ask(draft)
    }

    func ask(_ draft: MessageDraft) async throws -> ID<Message> {
        pass(.milliseconds(1))
        try await clinic.write { queue.post(draft, at: testTime.now, in: $0) }
        return try await #require(
            clinic.row("SELECT id FROM message WHERE tenant_id = \(clinic.tenant) AND key = \(draft.key)"))
    }

    /// Has the clinic say something else from now on, in English.
    func save(_ text: String, _ more: String = "", version: Int, on channel: String = "sms") async throws {
        let key = "\(clinic.tenant.number), 'appointment.booked', 'en', '\(channel)', \(version)"
        try await place.script(
            """
            INSERT INTO message_template_version (tenant_id, template, language, channel, version, parts, saved_at)
                VALUES (\(key), '{"text": "\(text)"\(more)}', now());
            INSERT INTO live_message_template VALUES (\(key))
                ON CONFLICT (tenant_id, template, language, channel) DO UPDATE SET version = excluded.version
            """)
    }

    /// One try of the message's job.
    @discardableResult
    func send(_ id: ID<Message>) async throws -> JobOutcome {
        pass(.milliseconds(1))
        return try await sender.send(id, in: clinic) { settlement in
            try await clinic.write { settlement.apply(in: $0) }
            return .done
        }
    }

    /// `sms sent`, `email waiting`: what became of the messages, in the order in which they were asked for.
    func states() async throws -> [String] {
        try await place.script(
            """
            SELECT concat_ws(' ', channel, state, reason) FROM message WHERE tenant_id = \(clinic.tenant.number)
            ORDER BY created_at, id
            """
        ).compactMap { $0[0] }
    }

    func ids() async throws -> [ID<Message>] {
        try await clinic.rows(
            "SELECT id FROM message WHERE tenant_id = \(clinic.tenant) ORDER BY created_at, id")
    }
}

/// A clock that a test moves.
final class TestTime: Sendable {
    private let time = Mutex(MessageClinic.now)
    var now: Instant { time.withLock { $0 } }
    func pass(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
}

/// Knows the things of `MessageClinic`.
struct ThingReader: MessageSubjectReader {
    static let kind = "thing"

    struct Thing: FromRow {
        let version: Int32, phone: String?, email: String?, practitioner: String
        init(_ row: inout Row) throws {
            (version, phone, email) = (try row.next(), try row.next(), try row.next())
            practitioner = try row.next()
        }
    }

    func content(
        for template: String, about subject: MessageSubject, in transaction: borrowing Transaction
    ) async throws -> MessageContent? {
        let found: Thing? = try await transaction.row(
            "SELECT version, phone, email, practitioner FROM thing WHERE id = \(subject.id) FOR SHARE")
        guard let found, found.version == subject.version else { return nil }
        var content = MessageContent(languages: [], zone: "UTC")
        (content.recipient, content.phone, content.email) = (subject.id, found.phone, found.email)
        content.facts = [
            "clinic": .text("Mitra"), "practitioner": .text(found.practitioner), "location": .text("Main"),
            "time": .time(MessageClinic.now),
        ]
        return content
    }
}
