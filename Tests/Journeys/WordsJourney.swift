import Database
import JSON
import TestKit
import Testing

@Suite("A clinic says things in its own words", .timeLimit(.minutes(2)))
struct WordsJourney {
    private static let place = "/v1/message-templates/appointment.booked/en/sms"
    private static let words = #"{"parts": {"text": "{clinic}: {time} it is, {practitioner} is glad."}}"#

    @Test(
        "words are saved as versions, an earlier one is said again, and the platform's after a reset"
    )
    func versions() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let before = try await admin.json(Self.place)
            #expect(before["source"]?.stringValue == "platform")
            #expect(before["mandatory"] == ["clinic", "time"])

            let first = try await admin.send("POST", "\(Self.place)/versions", json: Self.words)
            #expect(first.status == 201)
            #expect(first["location"] == "\(Self.place)/versions/1")
            let draft = #"{"parts": {"text": "{clinic} {time}"}, "live": false}"#
            let second = try await admin.send("POST", "\(Self.place)/versions", json: draft)
            #expect(try second.parsed["version"] == 2)
            #expect(try await admin.json(Self.place)["version"] == 1)

            #expect(try await admin.send("POST", "\(Self.place)/versions/2/live", json: "{}").status == 200)
            #expect(try await admin.json(Self.place)["parts"]?["text"]?.stringValue == "{clinic} {time}")
            #expect(try await admin.send("POST", "\(Self.place)/versions/1/live", json: "{}").status == 200)
            let log = try await admin.json("\(Self.place)/versions")["items"]?.arrayValue ?? []
            #expect(log.map { $0["version"] } == [2, 1])
            #expect(log.map { $0["live"] } == [false, true])
            #expect(try await admin.json("\(Self.place)/versions/1") == log.last)
            #expect(try await admin.send("POST", "\(Self.place)/versions/3/live", json: "{}").status == 404)
            #expect(try await admin.send("GET", "\(Self.place)/versions/3").status == 404)

            #expect(try await admin.send("DELETE", Self.place).status == 204)
            #expect(try await admin.send("DELETE", Self.place).status == 404)
            #expect(try await admin.json(Self.place) == before)
            #expect(try await admin.json("\(Self.place)/versions")["items"]?.arrayValue?.count == 2)
            #expect(try await house.count("audit_event WHERE subject_kind = 'message-template'") == 5)
        }
    }

    @Test("every fault of a template is told at once, and nothing is saved")
    func faults() async throws {
        try await JourneyHouse.open { house in
            let wrong = #"{"parts": {"text": "{clinic} {reason", "html": "<p>"}}"#
            let answer = try await house.first.admin.send("POST", "\(Self.place)/versions", json: wrong)
            #expect(answer.status == 422)
            let told = try answer.parsed["errors"]?.arrayValue ?? []
            #expect(
                told.compactMap { $0["pointer"]?.stringValue }
                    == [
                        "/parts/html", "/parts/text", "/parts/text", "/parts/html", "/parts/html",
                        "/parts/html",
                    ])
            #expect(try await house.count("message_template_version") == 0)
            let path = "/v1/message-templates/appointment.lost/en/sms"
            #expect(try await house.first.admin.send("GET", path).status == 422)
            let silent = "/v1/message-templates/appointment.booked/fr/sms"
            #expect(try await house.first.admin.send("GET", silent).status == 404)
        }
    }

    @Test("a preview shows every channel with sample values, a draft among them, and keeps nothing")
    func preview() async throws {
        try await JourneyHouse.open { house in
            let wish = #"""
                {"template": "appointment.booked", "language": "ro", "channel": "email", "parts":
                 {"subject": "La {clinic}", "text": "{clinic}, {time}", "html": "<p>{clinic}</p><p>{time}</p>"}}
                """#
            let answer = try await house.first.admin.send("POST", "/v1/message-template-previews", json: wish)
            #expect(answer.status == 200)
            let channels = try answer.parsed["channels"]?.arrayValue ?? []
            func shown(_ channel: String) -> JSON? {
                channels.first { $0["channel"]?.stringValue == channel }
            }
            #expect(shown("email")?["subject"]?.stringValue == "La asha")
            #expect(shown("email")?["text"]?.stringValue == "asha, 4 ianuarie, 12:00")
            #expect(shown("email")?["html"]?.stringValue?.contains("<p>asha</p>") == true)
            #expect(shown("sms")?["sms"]?["alphabet"]?.stringValue == "ucs-2")
            #expect(shown("sms")?["html"] == .null)
            #expect(shown("whatsapp")?["whatsapp"]?["name"]?.stringValue == "appointment_booked")
            #expect(shown("whatsapp")?["whatsapp"]?["parameters"]?.arrayValue?.first == "asha")
            #expect(try await house.count("message_template_version") == 0)
            let nowhere =
                #"{"template": "appointment.booked", "language": "ro", "parts": {"text": "{clinic} {time}"}}"#
            let refused = try await house.first.admin.send(
                "POST", "/v1/message-template-previews", json: nowhere)
            #expect(try refused.parsed["errors"]?.arrayValue?.first?["pointer"]?.stringValue == "/channel")
        }
    }

    @Test("whoever does not run the clinic may not see its words, and the clinic next door has its own")
    func strangers() async throws {
        try await JourneyHouse.open { house in
            #expect(
                try await house.first.admin.send("POST", "\(Self.place)/versions", json: Self.words).status
                    == 201)
            #expect(try await house.second.admin.json(Self.place)["source"]?.stringValue == "platform")
            #expect(try await house.second.admin.send("GET", "\(Self.place)/versions/1").status == 404)
            #expect(
                try await house.second.admin.send("POST", "\(Self.place)/versions/1/live", json: "{}").status
                    == 404)
            let list = try await house.second.admin.json("/v1/message-templates?language=en&channel=sms")
            #expect(list["items"]?.arrayValue?.allSatisfy { $0["version"] == .null } == true)
            for (method, body) in [("GET", nil), ("DELETE", nil)] as [(String, String?)] {
                #expect(try await house.first.desk.send(method, Self.place, json: body).status == 403)
            }
            #expect(
                try await house.first.desk.send("POST", "\(Self.place)/versions", json: Self.words).status
                    == 403)
        }
    }

    @Test("of many who save at the same moment each gets a version of their own or is told to look again")
    func race() async throws {
        try await JourneyHouse.open { house in
            let statuses = try await withThrowingTaskGroup { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await house.first.admin.send(
                            "POST", "\(Self.place)/versions", json: Self.words
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let saved = statuses.filter { $0 == 201 }.count
            #expect(saved >= 1 && statuses.allSatisfy { $0 == 201 || $0 == 409 })
            let versions = try await house.rows(
                "SELECT version::text FROM message_template_version ORDER BY version")
            #expect(versions == (1...saved).map { "\($0)" })
        }
    }
}
