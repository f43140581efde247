import Database
import JobQueue
import TestKit
import Testing
import Vocabulary

@testable import Messaging

private let taken = [
    ScriptedServer.Step.until("¶¶"), .say("HTTP/1.1 200 OK¶Content-Length: 12¶¶{\"id\":\"g-1\"}"),
]
private func refusal(_ code: Int, _ fields: String = "") -> [ScriptedServer.Step] {
    [.until("¶¶"), .say("HTTP/1.1 \(code) No¶\(fields)Content-Length: 2¶¶{}")]
}

@Suite("Sending messages", .serialized)
struct SenderTests {
    private func gateway(_ server: ScriptedServer) -> [MessageChannel: String] {
        [.sms: "gateway+http://:secret@127.0.0.1:\(server.port)/send"]
    }

    @Test("a message is sent once, however often it is asked for and its job runs")
    func once() async throws {
        let server = try ScriptedServer(taken)
        defer { server.stop() }
        try await MessageClinic.with(gateway(server)) { clinic in
            let thing = try await clinic.thing()
            let id = try await clinic.ask(about: thing)
            #expect(try await clinic.ask(about: thing) == id)
            #expect(try await clinic.send(id) == .done)
            #expect(try await clinic.send(id) != .done)
            #expect(try await clinic.states() == ["sms sent"])
        }
        #expect(server.conversations.count == 1)
        #expect(server.conversations[0].contains("Dr. Iyer"))
    }

    @Test("a message about a version that is no longer the current one is dropped, unsent")
    func superseded() async throws {
        let server = try ScriptedServer(taken)
        defer { server.stop() }
        try await MessageClinic.with(gateway(server)) { clinic in
            let id = try await clinic.ask(about: clinic.thing())
            try await clinic.place.script("UPDATE thing SET version = 2")
            try await clinic.send(id)
            #expect(try await clinic.states() == ["sms dropped superseded"])
        }
        #expect(server.conversations.isEmpty)
    }

    @Test(
        "a gateway that has no time is asked again when it said, and nothing is lost", arguments: [429, 503])
    func busy(_ code: Int) async throws {
        let server = try ScriptedServer(refusal(code, "Retry-After: 7¶"), taken)
        defer { server.stop() }
        try await MessageClinic.with(gateway(server)) { clinic in
            let id = try await clinic.ask(about: clinic.thing())
            #expect(
                try await clinic.send(id) == .later(.seconds(7), because: "the gateway takes nothing now"))
            #expect(try await clinic.states() == ["sms waiting"])
            #expect(try await clinic.send(id) == .done)
            #expect(try await clinic.states() == ["sms sent"])
        }
        #expect(server.conversations.count == 2)
    }

    @Test("a refused message goes by the next channel, and only then")
    func fallback() async throws {
        let server = try ScriptedServer(refusal(400))
        defer { server.stop() }
        try await MessageClinic.with(gateway(server), usesInbox: true) { clinic in
            try await clinic.send(clinic.ask(about: clinic.thing()))
            #expect(try await clinic.states() == ["sms failed http-400", "email waiting"])
            try await clinic.send(clinic.ids()[1])
            #expect(try await clinic.states() == ["sms failed http-400", "email sent"])
            let kept = try await InboxMessage.latest(10, in: clinic.clinic)
            #expect(kept.map(\.address) == ["asha@home.example"])
            #expect(kept.first?.title == "Your appointment is booked")
        }
    }

    @Test(
        "a gateway that said nothing and cannot be asked twice leaves the message uncertain, unsent again"
    )
    func uncertain() async throws {
        let server = try ScriptedServer([.until("¶¶")], taken)
        defer { server.stop() }
        let url = "msg91+http://:KEY@127.0.0.1:\(server.port)"
        try await MessageClinic.with([.sms: url], usesInbox: true) { clinic in
            let id = try await clinic.ask(about: clinic.thing())
            try await clinic.send(id)
            try await clinic.send(id)
            #expect(try await clinic.states() == ["sms uncertain no-answer", "email waiting"])
        }
        #expect(server.conversations.count == 1)
    }

    @Test("a code is never sent another way when nobody knows whether it arrived")
    func uncertainCode() async throws {
        let server = try ScriptedServer([.until("¶¶")])
        defer { server.stop() }
        try await MessageClinic.with([.sms: "msg91+http://:KEY@127.0.0.1:\(server.port)"], usesInbox: true) {
            clinic in
            try await clinic.send(clinic.ask(about: clinic.thing(), .code))
            #expect(try await clinic.states() == ["sms uncertain no-answer"])
        }
    }

    @Test("the day's budget is a hard stop, and a second try costs nothing more")
    func budget() async throws {
        let server = try ScriptedServer(refusal(503), taken)
        defer { server.stop() }
        let url = "gateway+http://:secret@127.0.0.1:\(server.port)/send?per_day=2"
        try await MessageClinic.with([.sms: url]) { clinic in
            let first = try await clinic.ask(about: clinic.thing())
            try await clinic.send(first)
            try await clinic.send(first)
            for _ in 0..<2 { try await clinic.send(clinic.ask(about: clinic.thing(), by: [.sms])) }
            #expect(try await clinic.states() == ["sms sent", "sms sent", "sms dropped over-budget"])
            clinic.pass(.seconds(86_400))
            try await clinic.send(clinic.ask(about: clinic.thing()))
            #expect(try await clinic.states().last == "sms sent")
        }
    }

    @Test("who wants no reminders gets none, and still gets confirmations")
    func declined() async throws {
        try await MessageClinic.with(usesInbox: true) { clinic in
            let thing = try await clinic.thing()
            try await clinic.clinic.once(
                """
                INSERT INTO message_consent (tenant_id, recipient_id, channel, category, wanted)
                VALUES (\(clinic.clinic.tenant), \(thing), 'sms', 'reminder', false)
                """)
            try await clinic.send(clinic.ask(about: thing, .reminder))
            try await clinic.send(clinic.ask(about: thing))
            #expect(
                try await Set(clinic.states()) == ["sms dropped declined", "email waiting", "sms sent"])
        }
    }

    @Test("a code expires rather than arrive late, and its row tells nobody the code")
    func code() async throws {
        let server = try ScriptedServer(refusal(503), taken)
        defer { server.stop() }
        try await MessageClinic.with(gateway(server)) { clinic in
            var content = MessageContent(languages: [], zone: "UTC")
            content.phone = "+919812345678"
            content.facts = ["clinic": .text("Mitra"), "code": .text("471108"), "minutes": .text("5")]
            var draft = MessageDraft(
                key: "code", .code, by: [.sms], template: "sign-in.code", about: nil,
                expiresAt: MessageClinic.now + .seconds(300))
            draft.content = content
            let id = try await clinic.ask(draft)
            let row = try await clinic.place.script("SELECT message::text FROM message")
            #expect(row[0][0]?.contains("471108") == false)
            #expect(row[0][0]?.contains("9812345678") == false)
            try await clinic.send(id)
            clinic.pass(.seconds(300))
            try await clinic.send(id)
            #expect(try await clinic.states() == ["sms dropped expired"])
        }
        #expect(server.conversations.count == 1)
        #expect(server.conversations[0].contains("471108 is your code for Mitra."))
    }

    @Test("a clinic's own gateway is used before the operator's, and its box opens for nobody else")
    func ownGateway() async throws {
        let (ours, theirs) = (try ScriptedServer(taken), try ScriptedServer(taken))
        defer {
            ours.stop()
            theirs.stop()
        }
        let url = "gateway+http://:top-secret@127.0.0.1:\(theirs.port)/"
        try await MessageClinic.with(gateway(ours)) { clinic in
            try await clinic.gateways.keep(
                url, for: .sms, of: clinic.clinic, by: "test", at: Instant(seconds: 0))
            let row = try await clinic.place.script(
                "SELECT encode(sealed_url, 'escape') FROM message_gateway")
            #expect(row[0][0]?.contains("top-secret") == false)
            try await clinic.send(clinic.ask(about: clinic.thing()))
            #expect(theirs.conversations.count == 1)
            try await clinic.place.script("UPDATE message_gateway SET channel = 'email'")
            let thing = try await clinic.thing()
            try await clinic.send(clinic.ask(about: thing, by: [.email]))
            #expect(try await clinic.states().last == "email dropped no-gateway")
            await #expect(throws: Refusal.self) {
                try await clinic.gateways.keep(
                    "smtp://x", for: .sms, of: clinic.clinic, by: "test", at: Instant(seconds: 0))
            }
        }
        #expect(ours.conversations.isEmpty)
    }

    @Test("the clinic's own words are said, and the row tells which version; after a reset the platform's")
    func ownWords() async throws {
        try await MessageClinic.with(usesInbox: true) { clinic in
            try await clinic.save("Namaste, {practitioner} am {time}, {clinic}", version: 1)
            try await clinic.send(clinic.ask(about: clinic.thing()))
            try await clinic.save("{clinic}: {time}!", version: 2)
            try await clinic.send(clinic.ask(about: clinic.thing()))
            try await clinic.place.script("DELETE FROM live_message_template")
            try await clinic.send(clinic.ask(about: clinic.thing()))
            let texts = try await clinic.place.script(
                """
                SELECT i.body, m.template_version::text FROM message m JOIN inbox_message i USING (tenant_id, id)
                ORDER BY m.created_at
                """)
            #expect(
                texts == [
                    ["Namaste, Dr. Iyer am 4 January, 07:00, Mitra", "1"], ["Mitra: 4 January, 07:00!", "2"],
                    ["Mitra: your appointment with Dr. Iyer is booked for 4 January, 07:00, Main.", nil],
                ])
        }
    }

    @Test("a registered text with too long a variable is refused, told of, and said another way")
    func tooLong() async throws {
        try await MessageClinic.with(usesInbox: true) { clinic in
            let dlt = #", "dlt": {"entity_id": "12011590", "header": "MITRAX", "template_id": "12071600"}"#
            try await clinic.save("{clinic}: {time}, {practitioner}", dlt, version: 1)
            let id = try await clinic.ask(about: clinic.thing())
            try await clinic.place.script("UPDATE thing SET practitioner = repeat('x', 31)")
            try await clinic.send(id)
            #expect(try await clinic.states() == ["sms dropped variable-too-long", "email waiting"])
        }
    }

    @Test("WhatsApp is asked for free text after the patient has written, and for a template otherwise")
    func answerWindow() async throws {
        let taken: [ScriptedServer.Step] = [
            .until("\"to\""), .pause(milliseconds: 20),
            .say("HTTP/1.1 200 OK¶Content-Length: 27¶¶{\"messages\":[{\"id\":\"w-1\"}]}"),
        ]
        let server = try ScriptedServer(taken)
        defer { server.stop() }
        let url = "whatsapp+http://123:TOKEN@127.0.0.1:\(server.port)"
        try await MessageClinic.with([.whatsApp: url]) { clinic in
            let approved =
                #", "whatsapp": {"name": "tz", "language": "en", "parameters": ["clinic", "time"]}"#
            try await clinic.save("Hello, {clinic}, {time}", approved, version: 1, on: "whatsapp")
            try await clinic.send(clinic.ask(about: clinic.thing(), by: [.whatsApp]))
            for hours in [20, 30, 25] {
                try await clinic.clinic.write { transaction in
                    clinic.gateways.window.record(
                        inboundFrom: "+919812345678", at: MessageClinic.now - .seconds(hours * 3600),
                        in: transaction)
                }
            }
            try await clinic.send(clinic.ask(about: clinic.thing(), by: [.whatsApp]))
            clinic.pass(.seconds(4 * 3600))
            try await clinic.send(clinic.ask(about: clinic.thing(), by: [.whatsApp]))
            #expect(try await clinic.states() == Array(repeating: "whatsapp sent", count: 3))
            let rows = try await clinic.place.script(
                "SELECT encode(address_digest, 'escape') FROM whatsapp_contact")
            #expect(rows.count == 1 && rows[0][0]?.contains("98123") == false)
        }
        let asked = server.conversations.map { $0.contains("\"type\":\"template\"") ? "template" : "text" }
        #expect(asked == ["template", "text", "template"])
        #expect(server.conversations[1].contains("Hello, Mitra, 4 January"))
    }
}
