import Database
import EventLoop
import Messaging
import TestKit
import Testing
import Vocabulary

@testable import Notices

@Suite("Superseded messages", .serialized)
struct SupersededTests {
    /// Notes every message that is marked as being sent although its appointment, at that very moment, has
    /// another version or stands elsewhere. The sender holds the appointment: nobody changes it in between.
    private static let watch = """
        CREATE TABLE superseded_message (id uuid);
        GRANT INSERT ON superseded_message TO nadi_app;
        CREATE FUNCTION watch_sending() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- Long enough for somebody to come in between, if they could.
            PERFORM pg_sleep(random() * 0.004);
            IF NEW.state = 'sending' AND NOT EXISTS (SELECT FROM appointment
                WHERE tenant_id = NEW.tenant_id AND id = NEW.subject_id AND version = NEW.subject_version
                AND stage = CASE NEW.template WHEN 'appointment.cancelled' THEN 'cancelled' ELSE 'booked' END)
            THEN INSERT INTO superseded_message VALUES (NEW.id); END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER watch_sending BEFORE UPDATE ON message FOR EACH ROW EXECUTE FUNCTION watch_sending();
        """

    @Test(
        "an appointment moved, called off and moved again makes no message about a time that is over",
        arguments: [UInt64(1), 2, 3])
    func interleavings(_ seed: UInt64) async throws {
        try await NoticeClinic.with(loops: 2) { clinic in
            try await clinic.place.script(Self.watch)
            var chance = Chance(seed: seed)
            var appointments: [UniqueID] = []
            for _ in 0..<12 { appointments.append(try await clinic.book(daysAhead: 20)) }
            let plans = appointments.map { id in
                (id, (0..<6).map { _ in Int(chance.next() % 4) }, chance.next())
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (place, plan) in plans.enumerated() {
                    group.addTask {
                        try await clinic.place.loops[place % 2].perform {
                            try await Self.change(plan, clinic)
                        }
                    }
                }
                for loop in clinic.place.loops + clinic.place.loops {
                    group.addTask { try await loop.perform { try await Self.send(clinic, on: loop) } }
                }
                try await group.waitForAll()
            }
            // What is left is sent in peace: the last state of each appointment is told.
            try await clinic.relayAll()
            try await clinic.sendAll()
            #expect(try await clinic.place.script("SELECT count(*)::text FROM superseded_message") == [["0"]])
            #expect(try await Self.wrongTimes(clinic) == [["0"]])
            // The property must have been put to the test: messages were sent, and messages were dropped.
            let states = try await clinic.messages()
            #expect(states.contains { $0.hasSuffix("sms sent") })
            #expect(states.contains { $0.hasSuffix("dropped superseded") })
        }
    }

    @Test("while a message is marked as being sent, its appointment waits to be changed")
    func held() async throws {
        try await NoticeClinic.with(loops: 2) { clinic in
            let id = try await clinic.book(daysAhead: 20), later = NoticeClinic.now + .seconds(30 * 86_400)
            let subject = MessageSubject(kind: AppointmentReader.kind, id: id, version: 1)
            let version = "SELECT version::text FROM appointment"
            let moving = try await clinic.clinic.write { transaction in
                let content = try await AppointmentReader().content(
                    for: "appointment.booked", about: subject, in: transaction)
                #expect(content != nil)
                let moving = Task(executorPreference: clinic.place.loops[0]) {
                    try await clinic.move(id, to: later)
                }
                try await EventLoop.current?.sleep(for: .milliseconds(100))
                #expect(try await clinic.place.script(version) == [["1"]])
                return moving
            }
            try await moving.value
            #expect(try await clinic.place.script(version) == [["2"]])
            let gone = try await clinic.clinic.write { transaction in
                try await AppointmentReader().content(
                    for: "appointment.booked", about: subject, in: transaction)
            }
            #expect(gone == nil)
        }
    }

    private static func change(_ plan: (UniqueID, [Int], UInt64), _ clinic: NoticeClinic) async throws {
        var chance = Chance(seed: plan.2)
        for deed in plan.1 {
            try await EventLoop.current?.sleep(for: .milliseconds(Int(chance.next() % 12)))
            // Each time is another minute, so that a text tells which version it is about.
            let start = NoticeClinic.now + .seconds(20 * 86_400 + Int(chance.next() % 1000) * 60)
            switch deed {
            case 0: try await clinic.cancel(plan.0)
            case 1: try await clinic.restore(plan.0, at: start)
            default: try await clinic.move(plan.0, to: start)
            }
        }
    }

    /// Relays and sends while others change.
    private static func send(_ clinic: NoticeClinic, on loop: EventLoop) async throws {
        for _ in 0..<25 {
            _ = try await clinic.relay.relay(in: clinic.clinic)
            try await clinic.sendAll()
            try await loop.sleep(for: .milliseconds(3))
        }
    }

    /// Texts in the inbox whose hour is not that of the version that they were about.
    private static func wrongTimes(_ clinic: NoticeClinic) async throws -> [[String?]] {
        try await clinic.place.script(
            """
            SELECT count(*)::text FROM inbox_message i JOIN message m USING (tenant_id, id)
            JOIN outbox o ON o.tenant_id = m.tenant_id AND o.subject_id = m.subject_id
                AND o.subject_version = m.subject_version
            WHERE position(to_char((o.payload ->> 'start')::timestamptz AT TIME ZONE 'Asia/Kolkata', 'HH24:MI')
                IN i.body) = 0
            """)
    }
}
