import Database
import EventLoop
import HTTP
import JobQueue
import JSON
import Messaging
import Scheduling
import Synchronization
import TestKit
import Testing
import Vocabulary

/// The line is the commit of the transaction that marks a message as being sent: it has read the appointment
/// and holds it (`FOR SHARE`). Whatever is committed before is seen, and the message dropped; whatever would
/// change the appointment waits for it. The gateway is asked right after, holding nothing, so that nobody at
/// the desk ever waits for a gateway.
@Suite("Nobody is told a time that is over", .serialized, .timeLimit(.minutes(3)))
struct SupersededJourney {
    /// Held by whoever is about to mark, so that a test can see them.
    private static let atMarking = 4242

    /// Notes at each marking, after a pause in which somebody could come in between, whether the words are
    /// true of their appointment at that moment.
    private static func watch(pausing pause: String) -> String {
        """
        UPDATE patient SET phone = '+40721000001';
        ALTER TABLE outbox ALTER COLUMN at SET DEFAULT '\(JourneyHouse.now.text)';
        CREATE TABLE marked (id uuid, was_true boolean);
        GRANT INSERT ON marked TO nadi_app;
        CREATE FUNCTION watch_marking() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.state = 'sending' THEN
                PERFORM pg_advisory_xact_lock_shared(\(atMarking)), pg_sleep(\(pause));
                INSERT INTO marked VALUES (NEW.id, EXISTS (SELECT FROM appointment
                    WHERE tenant_id = NEW.tenant_id AND id = NEW.subject_id AND version = NEW.subject_version
                    AND stage =
                        CASE NEW.template WHEN 'appointment.cancelled' THEN 'cancelled' ELSE 'booked' END));
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER watch_marking BEFORE UPDATE ON message FOR EACH ROW EXECUTE FUNCTION watch_marking();
        """
    }

    @Test(
        "many book, move and call off at once while many send: what is said was true",
        arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func interleavings(_ seed: UInt64) async throws {
        try await JourneyHouse.open { house in
            try await house.place.script(Self.watch(pausing: "random() * 0.02"))
            try await PostRoom.open(in: house) { post in
                post.gateway.answer { Self.mood(of: $0, seed) }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for chain in 0..<4 {
                        let current = Current(try await Self.book(at: chain, house.first))
                        for mover in 0..<2 {
                            let chance = Chance(seed: seed * 100 + UInt64(chain * 2 + mover))
                            group.addTask { try await Self.change(current, house.first, chance) }
                        }
                    }
                    for _ in 0..<4 { group.addTask { try await Self.tell(post) } }
                    try await group.waitForAll()
                }
                post.gateway.answer { _ in RecordingGateway.Mood() }
                try await post.relayAll()
                while try await !post.waiting().isEmpty { try await post.sendAll() }
                try await Self.judge(post, house)
            }
        }
    }

    @Test("while a message is marked a move waits, and comes after it")
    func marking() async throws {
        try await JourneyHouse.open { house in
            try await house.place.script(Self.watch(pausing: "0.4"))
            try await PostRoom.open(in: house) { post in
                let path = try await Self.book(at: 0, house.first)
                try await post.relayAll()
                let id = try #require(try await post.waiting().first)
                let sending = Task(executorPreference: house.place.loops[0]) { try await post.send(id) }
                try await Self.until {
                    try await house.place.script(
                        """
                        SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
                        WHERE datname = current_database()
                            AND locktype = 'advisory' AND objid = \(Self.atMarking)
                        """
                    ).count == 1
                }
                #expect(try await Self.move(path, to: 3, house.first).status == 201)
                #expect(try await house.place.script("SELECT was_true::text FROM marked") == [["true"]])
                #expect(try await sending.value == .done)
                #expect(post.gateway.texts.count == 1)
            }
        }
    }

    @Test("the desk never waits for a gateway, and what it did not take is not said again when it is over")
    func slowGateway() async throws {
        try await JourneyHouse.open { house in
            try await house.place.script(Self.watch(pausing: "0"))
            try await PostRoom.open(in: house) { post in
                post.gateway.answer {
                    RecordingGateway.Mood(pause: .seconds($0 == 1 ? 2 : 0), status: $0 == 1 ? 503 : 200)
                }
                let path = try await Self.book(at: 0, house.first)
                try await post.relayAll()
                let id = try #require(try await post.waiting().first)
                let sending = Task(executorPreference: house.place.loops[0]) { try await post.send(id) }
                try await Self.until { post.gateway.texts.count == 1 }
                #expect(try await Self.move(path, to: 3, house.first).status == 201)
                #expect(post.gateway.answers == 0)
                #expect(try await sending.value != .done)
                try await post.relayAll()
                try await post.sendAll()
                #expect(post.gateway.texts.filter { $0.text.contains("09:00") }.count == 1)
                #expect(post.gateway.texts.contains { $0.text.contains("10:30") })
                let state = try await house.place.script(
                    "SELECT concat_ws(' ', state, reason) FROM message WHERE id = '\(id.unique)'")
                #expect(state == [["dropped superseded"]])
            }
        }
    }
}

extension SupersededJourney {
    /// Most are taken after a while; some the gateway has no time for.
    private static func mood(of question: Int, _ seed: UInt64) -> RecordingGateway.Mood {
        var chance = Chance(seed: seed &* 7919 &+ UInt64(question))
        let pause = Duration.milliseconds(Int(chance.next() % 40))
        return RecordingGateway.Mood(pause: pause, status: chance.next() % 5 == 0 ? 503 : 200)
    }

    /// The path of an appointment that several people change.
    private final class Current: Sendable {
        private let path: Mutex<String>
        init(_ path: String) { self.path = Mutex(path) }
        var value: String { path.withLock { $0 } }
        func become(_ next: String) { path.withLock { $0 = next } }
    }

    private static func change(
        _ current: Current, _ clinic: JourneyHouse.Clinic, _ chance: Chance
    ) async throws {
        var chance = chance
        for _ in 0..<6 {
            try await EventLoop.current?.sleep(for: .milliseconds(Int(chance.next() % 15)))
            let path = current.value
            guard chance.next() % 4 == 0 else {
                let moved = try await move(path, to: Int(chance.next() % 48), clinic)
                #expect([201, 409].contains(moved.status), "\(moved.text)")
                if let next = moved["location"] { current.become(next) }
                continue
            }
            let answer = try await ask("\(path)/cancel", #"{"reason": "Feels well again."}"#, clinic)
            #expect([200, 409].contains(answer.status))
            if answer.status == 200 {
                current.become(try await book(at: Int(chance.next() % 48), clinic))
            }
        }
    }

    /// Books that slot, or the next one that is free.
    private static func book(at slot: Int, _ clinic: JourneyHouse.Clinic) async throws -> String {
        for offset in 0..<48 {
            let answer = try await clinic.book(start(of: (slot + offset) % 48).text)
            if let path = answer["location"] { return path }
            #expect(answer.status == 409, "\(answer.text)")
        }
        throw NoSlot()
    }

    private struct NoSlot: Error {}

    private static func move(
        _ path: String, to slot: Int, _ clinic: JourneyHouse.Clinic
    ) async throws -> WireReply {
        try await ask("\(path)/reschedule", #"{"start": "\#(start(of: slot).text)"}"#, clinic)
    }

    /// Who is told to come again does so, as a page would.
    private static func ask(
        _ path: String, _ body: String, _ clinic: JourneyHouse.Clinic
    ) async throws -> WireReply {
        for _ in 0..<9 {
            let reply = try await clinic.desk.send("POST", path, json: body)
            guard reply.status == 503 else { return reply }
            try await EventLoop.current?.sleep(for: .milliseconds(50))
        }
        return try await clinic.desk.send("POST", path, json: body)
    }

    /// Six half hours from nine on, on each of eight Mondays.
    private static func start(of slot: Int) -> Instant {
        JourneyHouse.now + .seconds(slot / 6 * 7 * 86_400 + slot % 6 * 1800) + firstSlot
    }

    /// From the moment at which everything happens to Monday, nine o'clock in Bucharest.
    private static var firstSlot: Duration {
        (Instant(text: "2027-01-04T07:00:00Z") ?? JourneyHouse.now) - JourneyHouse.now
    }

    /// Relays and sends while others change.
    private static func tell(_ post: PostRoom) async throws {
        for _ in 0..<20 {
            try await post.relayOnce()
            try await post.sendAll()
            try await EventLoop.current?.sleep(for: .milliseconds(4))
        }
    }

    private static func until(_ holds: () async throws -> Bool) async throws {
        for _ in 0..<1000 {
            if try await holds() { return }
            try await EventLoop.current?.sleep(for: .milliseconds(5))
        }
        Issue.record("what was waited for never came")
    }

    private static func judge(_ post: PostRoom, _ house: JourneyHouse) async throws {
        let place = house.place
        #expect(try await place.script("SELECT count(*)::text FROM marked WHERE NOT was_true") == [["0"]])
        // Nothing was handed over that was not marked before, each time anew.
        let marks = try await place.script("SELECT id::text, count(*)::text FROM marked GROUP BY id")
        let marked = Dictionary(uniqueKeysWithValues: marks.map { ($0[0] ?? "", $0[1] ?? "") })
        let handed = Dictionary(grouping: post.gateway.texts) {
            ID<Message>(text: $0.id)?.unique.uuidText ?? ""
        }
        #expect(handed.mapValues { "\($0.count)" } == marked)
        // The words name the time that they are about.
        let times = try await place.script(
            """
            SELECT m.id::text, to_char(a.starts_at AT TIME ZONE a.zone, 'HH24:MI')
            FROM message m JOIN appointment a ON a.tenant_id = m.tenant_id AND a.id = m.subject_id
            """)
        for row in times {
            #expect(handed[row[0] ?? "", default: []].allSatisfy { $0.text.contains(row[1] ?? "-") })
        }
        // In the end every appointment that stands was told, and the property was put to the test.
        let untold = try await place.script(
            """
            SELECT count(*)::text FROM appointment a WHERE a.stage = 'booked' AND NOT EXISTS (
                SELECT FROM message m
                WHERE m.subject_id = a.id AND m.category = 'appointment' AND m.state = 'sent')
            """)
        #expect(untold == [["0"]])
        let dropped = try await place.script("SELECT FROM message WHERE reason = 'superseded'")
        #expect(!dropped.isEmpty && !handed.isEmpty)
    }
}
