import Database
import EventLoop
import JobQueue
import Messaging
import Outbox
import TestKit
import Testing
import Vocabulary

@testable import Notices

@Suite("From events to messages", .serialized)
struct RelayTests {
    @Test(
        "a booked appointment is confirmed at once and reminded of a day and two hours before, once each"
    )
    func booked() async throws {
        try await NoticeClinic.with(language: "mr") { clinic in
            _ = try await clinic.book(daysAhead: 10)
            try await clinic.relayAll()
            try await clinic.relayAll()
            try await clinic.send(clinic.place.firstMessage("appointment.booked"))
            #expect(
                try await clinic.messages() == [
                    "appointment.booked sms sent", "appointment.reminder sms waiting",
                    "appointment.reminder sms waiting",
                ])
            let kept = try #require(try await InboxMessage.latest(10, in: clinic.clinic).first)
            #expect(kept.address == "+919812345678")
            #expect(kept.text.hasPrefix("Mitra: Dr. Iyer यांच्याशी तुमची भेट"))
            let due = try await clinic.place.script(
                """
                SELECT to_char(run_at AT TIME ZONE 'UTC', 'DD HH24:MI:SS') FROM job WHERE kind = 'send-reminder'
                ORDER BY 1
                """)
            #expect(due == [["09 00:53:20"], ["09 22:53:20"]])
        }
    }

    @Test("an appointment for tomorrow is not reminded of a day before, only two hours before")
    func tomorrow() async throws {
        try await NoticeClinic.with { clinic in
            _ = try await clinic.book(daysAhead: 1)
            try await clinic.relayAll()
            #expect(
                try await clinic.messages() == [
                    "appointment.booked sms waiting", "appointment.reminder sms waiting",
                ])
        }
    }

    @Test(
        "the clinic says when it reminds, or its chain does, or the platform; never is a wish too",
        arguments: [
            (nil, nil, [2, 24]), (nil, "[72]", [72]), ("[48, 3, 1]", "[72]", [1, 3, 48]), ("[]", "[72]", []),
        ])
    func hours(_ clinics: String?, _ chains: String?, _ expected: [Int]) async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.say(reminderHours: clinics, chain: chains)
            _ = try await clinic.book(daysAhead: 10)
            try await clinic.relayAll()
            let ahead = try await clinic.place.script(
                """
                SELECT round(extract(epoch FROM a.starts_at - j.run_at) / 3600)::text
                FROM job j, appointment a WHERE j.kind = 'send-reminder' ORDER BY j.run_at DESC
                """)
            #expect(ahead == expected.map { ["\($0)"] })
        }
    }

    @Test("a reminder two hours before a visit at dawn is not sent at night, and not after it is of use")
    func dawn() async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.say(reminderHours: "[2]", chain: nil)
            // Nine in the morning of the tenth day, by the clock of the place, less the hours given.
            let nine = try #require(Instant(text: "2026-12-10T03:30:00Z"))
            let (early, late) = (nine - .seconds(3600), nine + .seconds(3600))
            for start in [early, late] { _ = try await clinic.book(at: start) }
            try await clinic.relayAll()
            clinic.time.pass(early - .seconds(7200) - NoticeClinic.now)
            try await clinic.sendAll()
            let reminders = try await clinic.messages().filter { $0.contains("reminder") }.sorted()
            #expect(
                reminders == ["appointment.reminder sms dropped expired", "appointment.reminder sms waiting"])
            clinic.time.pass(.seconds(2 * 3600))
            try await clinic.sendAll()
            #expect(try await clinic.messages().contains("appointment.reminder sms sent"))
        }
    }

    @Test("a cancelled appointment is told of, and neither confirmed nor reminded of any more")
    func cancelled() async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.cancel(clinic.book(daysAhead: 10))
            try await clinic.relayAll()
            try await clinic.sendAll()
            #expect(
                try await clinic.messages() == [
                    "appointment.booked sms dropped superseded", "appointment.cancelled sms sent",
                    "appointment.reminder sms dropped superseded",
                    "appointment.reminder sms dropped superseded",
                ])
        }
    }

    @Test("an appointment that takes another's place is told as a new time")
    func moved() async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.move(clinic.book(daysAhead: 10), to: NoticeClinic.now + .seconds(12 * 86_400))
            try await clinic.relayAll()
            try await clinic.sendAll()
            #expect(
                try await clinic.messages().sorted() == [
                    "appointment.booked sms dropped superseded", "appointment.moved sms sent",
                    "appointment.reminder sms dropped superseded",
                    "appointment.reminder sms dropped superseded",
                    "appointment.reminder sms waiting", "appointment.reminder sms waiting",
                ])
        }
    }

    @Test("a relay that was away does not tell old news")
    func oldNews() async throws {
        try await NoticeClinic.with { clinic in
            _ = try await clinic.book(daysAhead: 10)
            clinic.time.pass(.seconds(7 * 3600))
            try await clinic.relayAll()
            #expect(
                try await clinic.messages() == [
                    "appointment.reminder sms waiting", "appointment.reminder sms waiting",
                ])
        }
    }

    @Test("after a gap the clinics are woken that have events of which nobody was told, and no others")
    func gap() async throws {
        try await NoticeClinic.with { clinic in
            _ = try await clinic.book(daysAhead: 10)
            try await clinic.place.script(
                """
                INSERT INTO tenant (public_id, slug, name) VALUES (gen_random_uuid(), 'told', 'Told');
                SELECT set_config('app.tenant_id', (SELECT id::text FROM tenant WHERE slug = 'told'), false);
                INSERT INTO outbox (tenant_id, kind, subject_id, subject_version, payload)
                    SELECT id, 'x', gen_random_uuid(), 1, '{}' FROM tenant WHERE slug = 'told';
                INSERT INTO message_relay SELECT tenant_id, transaction_id::text || '-' || sequence FROM outbox
                    WHERE kind = 'x'
                """)
            clinic.place.database.start()
            let listening = Task(executorPreference: clinic.place.loops[0]) {
                await clinic.relay.listen(to: clinic.place.database)
            }
            defer { listening.cancel() }
            let end = ContinuousClock.now + .seconds(10)
            var woken: [[String?]] = []
            while woken.isEmpty, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(20))
                woken = try await clinic.place.script(
                    "SELECT tenant_id::text FROM job WHERE kind = 'relay-events'")
            }
            #expect(woken == [["\(clinic.clinic.tenant.number)"]])
        }
    }

    @Test("two relays at once ask for each message once")
    func concurrent() async throws {
        try await NoticeClinic.with(loops: 2) { clinic in
            for _ in 0..<20 { _ = try await clinic.book(daysAhead: 1) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for loop in clinic.place.loops + clinic.place.loops {
                    group.addTask {
                        try await loop.perform { try await clinic.relayAll() }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await clinic.messages().filter { $0.hasPrefix("appointment.booked") }.count == 20)
        }
    }
}

extension TestPlace {
    func firstMessage(_ template: String) async throws -> ID<Message> {
        let rows = try await script("SELECT id::text FROM message WHERE template = '\(template)'")
        return ID(try #require(rows.first?[0].flatMap { UniqueID(uuidText: $0) }))
    }
}
