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
        "a booked appointment is confirmed at once and reminded of a day before, once each"
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
                ])
            let kept = try #require(try await InboxMessage.latest(10, in: clinic.clinic).first)
            #expect(kept.address == "+919812345678")
            #expect(kept.text.hasPrefix("Mitra: Dr. Iyer यांच्याशी तुमची भेट"))
            let due = try await clinic.place.script(
                "SELECT run_at = '2026-12-09T00:53:20Z' FROM job WHERE kind = 'send-reminder'")
            #expect(due == [["t"]])
        }
    }

    @Test("an appointment for tomorrow needs no reminder")
    func tomorrow() async throws {
        try await NoticeClinic.with { clinic in
            _ = try await clinic.book(daysAhead: 1)
            try await clinic.relayAll()
            #expect(try await clinic.messages() == ["appointment.booked sms waiting"])
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
                    "appointment.reminder sms dropped superseded", "appointment.reminder sms waiting",
                ])
        }
    }

    @Test("a relay that was away does not tell old news")
    func oldNews() async throws {
        try await NoticeClinic.with { clinic in
            _ = try await clinic.book(daysAhead: 10)
            clinic.time.pass(.seconds(7 * 3600))
            try await clinic.relayAll()
            #expect(try await clinic.messages() == ["appointment.reminder sms waiting"])
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
            #expect(try await clinic.messages().count == 20)
        }
    }
}

extension TestPlace {
    func firstMessage(_ template: String) async throws -> ID<Message> {
        let rows = try await script("SELECT id::text FROM message WHERE template = '\(template)'")
        return ID(try #require(rows.first?[0].flatMap { UniqueID(uuidText: $0) }))
    }
}
