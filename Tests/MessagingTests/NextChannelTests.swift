import Database
import TestKit
import Testing
import Vocabulary

@testable import Messaging

@Suite("What goes by the next channel", .serialized)
struct NextChannelTests {
    @Test("who wants nothing by one channel is told by the next, and who wants it by none is not told")
    func declinedThere() async throws {
        try await MessageClinic.with(usesInbox: true) { clinic in
            let thing = try await clinic.thing()
            func decline(_ channel: String) async throws {
                try await clinic.clinic.once(
                    """
                    INSERT INTO message_consent (tenant_id, recipient_id, channel, category, wanted)
                    VALUES (\(clinic.clinic.tenant), \(thing), \(channel), 'appointment', false)
                    """)
            }
            try await decline("sms")
            try await clinic.send(clinic.ask(about: thing, key: "a"))
            try await clinic.send(clinic.ids()[1])
            #expect(try await clinic.states() == ["sms dropped declined", "email sent"])
            try await decline("email")
            try await clinic.send(clinic.ask(about: thing, key: "b"))
            try await clinic.send(clinic.ids()[3])
            #expect(
                try await clinic.states().suffix(2) == ["sms dropped declined", "email dropped declined"])
        }
    }

    @Test("an advert goes by the channel on which it was asked for, and by no other")
    func asked() async throws {
        try await MessageClinic.with(usesInbox: true) { clinic in
            let thing = try await clinic.thing()
            try await clinic.clinic.once(
                """
                INSERT INTO message_consent (tenant_id, recipient_id, channel, category, wanted)
                VALUES (\(clinic.clinic.tenant), \(thing), 'email', 'marketing', true)
                """)
            clinic.pass(.seconds(3 * 3600))
            try await clinic.send(clinic.ask(about: thing, .marketing))
            try await clinic.send(clinic.ids()[1])
            #expect(try await clinic.states() == ["sms dropped unasked", "email sent"])
        }
    }

    @Test("what a used-up budget stops goes by mail, which costs nothing, and by no other paid way")
    func budgetMoves() async throws {
        let server = try ScriptedServer([.until("¶¶")])
        defer { server.stop() }
        let none = "gateway+http://:secret@127.0.0.1:\(server.port)/send?per_day=0"
        try await MessageClinic.with([.sms: none], usesInbox: true) { clinic in
            let thing = try await clinic.thing()
            try await clinic.send(clinic.ask(about: thing, by: [.sms, .whatsApp, .email], key: "a"))
            #expect(try await clinic.states() == ["sms dropped over-budget", "email waiting"])
            try await clinic.send(clinic.ids()[1])
            try await clinic.send(clinic.ask(about: thing, by: [.sms, .whatsApp], key: "b"))
            #expect(
                try await clinic.states() == [
                    "sms dropped over-budget", "email sent", "sms dropped over-budget",
                ])
        }
        #expect(server.conversations.isEmpty)
    }
}
