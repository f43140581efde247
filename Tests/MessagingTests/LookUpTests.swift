import Database
import JobQueue
import TestKit
import Testing
import Vocabulary

@testable import Messaging

@Suite("Asking a gateway what it has sent", .serialized)
struct LookUpTests {
    @Test("Twilio is asked what it sent before it is asked to send again", arguments: [true, false])
    func lookUp(_ wasTaken: Bool) async throws {
        let text = "Mitra: your appointment with Dr. Iyer is booked for 4 January, 07:00, Main."
        let words = wasTaken ? text : "other"
        let listed =
            "{\"sid\":\"SM9\",\"body\":\"\(words)\",\"date_created\":\"Mon, 04 Jan 2027 07:00:00 +0000\"}"
        let list = "{\"messages\":[\(listed)]}"
        let answer = "{\"sid\":\"SM9\"}"
        let server = try ScriptedServer(
            [.until("ValidityPeriod")],
            [.until("¶¶"), .say("HTTP/1.1 200 OK¶Content-Length: \(list.utf8.count)¶¶\(list)")],
            [
                .until("ValidityPeriod"),
                .say("HTTP/1.1 201 Created¶Content-Length: \(answer.utf8.count)¶¶\(answer)"),
            ])
        defer { server.stop() }
        let url = "twilio+http://AC1:token@127.0.0.1:\(server.port)?from=%2B15005550006"
        try await MessageClinic.with([.sms: url]) { clinic in
            let id = try await clinic.ask(about: clinic.thing())
            #expect(try await clinic.send(id) == .later(.seconds(30), because: "the gateway did not answer"))
            #expect(try await clinic.states() == ["sms sending"])
            #expect(try await clinic.send(id) == .done)
            #expect(try await clinic.states() == ["sms sent"])
            let name: String? = try await clinic.clinic.row(
                "SELECT gateway_id FROM message WHERE tenant_id = \(clinic.clinic.tenant)")
            #expect(name == "SM9")
        }
        #expect(server.conversations.count == (wasTaken ? 2 : 3))
    }

    @Test(
        "an older message of the same words is not taken for this one: it has another time, or another row",
        arguments: [("Mon, 04 Jan 2027 06:50:00 +0000", false), ("Mon, 04 Jan 2027 07:00:00 +0000", true)])
    func sameWords(_ time: String, _ isKnown: Bool) async throws {
        let text = "Mitra: your appointment with Dr. Iyer is booked for 4 January, 07:00, Main."
        let list = #"{"messages":[{"sid":"SM1","body":"\#(text)","date_created":"\#(time)"}]}"#
        func taken(_ name: String) -> [ScriptedServer.Step] {
            let step = ScriptedServer.Step.say(
                "HTTP/1.1 201 Created¶Content-Length: 13¶¶{\"sid\":\"\(name)\"}")
            return [.until("ValidityPeriod"), step]
        }
        let server = try ScriptedServer(
            taken("SM1"), [.until("ValidityPeriod")],
            [.until("¶¶"), .say("HTTP/1.1 200 OK¶Content-Length: \(list.utf8.count)¶¶\(list)")],
            taken("SM2"))
        defer { server.stop() }
        let url = "twilio+http://AC1:token@127.0.0.1:\(server.port)?from=%2B15005550006"
        try await MessageClinic.with([.sms: url]) { clinic in
            let thing = try await clinic.thing()
            try await clinic.send(clinic.ask(about: thing, key: "a"))
            // Of what an operator's account sent for another clinic no row is seen here.
            if !isKnown { try await clinic.place.script("UPDATE message SET gateway_id = NULL") }
            let second = try await clinic.ask(about: thing, key: "b")
            try await clinic.send(second)
            #expect(try await clinic.states() == ["sms sent", "sms sending"])
            try await clinic.send(second)
            let names = try await clinic.place.script(
                "SELECT gateway_id FROM message WHERE gateway_id <> 'SM1' AND state = 'sent'")
            #expect(names == [["SM2"]])
        }
        #expect(server.conversations.count == 4)
    }
}
