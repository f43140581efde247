import EventLoop
import JSON
import Scheduling
import Testing
import TestKit
import Vocabulary

@Suite("Somebody signs in by a code", .timeLimit(.minutes(2)))
struct SignInJourney {
    @Test("a code that reached a telephone opens the clinic, once, and nothing at the next one")
    func code() async throws {
        try await JourneyHouse.open { house in
            let phone = try await house.phone(of: house.first.cast.receptionist.unique)
            let challenge = try await house.challenge("sms", phone)
            let code = try await house.code(of: challenge)
            let elsewhere = try await house.verify(challenge, code, at: house.second)
            #expect(elsewhere.status == 422)
            let entered = try await house.verify(challenge, code)
            #expect(entered.status == 200, "\(entered.text)")
            #expect(try entered.parsed["token_type"]?.stringValue == "Bearer")
            #expect(try entered.parsed["expires_in"]?.integerValue == 600)
            let caller = try house.caller(entered)
            let me = try await caller.json("/v1/me")
            #expect(me["id"]?.stringValue == house.first.cast.receptionist.text)
            #expect(me["kind"]?.stringValue == "staff" && me["phone"]?.stringValue == phone)
            let next = WireCaller(port: caller.port, host: "ravi.localhost", token: caller.token)
            #expect(try await next.send("GET", "/v1/me").status == 403)
            let again = try await house.verify(challenge, code)
            #expect(again.status == 422, "a code is good for one use")
            #expect(again.withoutRequestID == elsewhere.withoutRequestID)
            let trail = try await house.rows(
                "SELECT caller_kind || ' ' || outcome FROM audit_event WHERE act = 'sessions.create'")
            #expect(trail == ["staff done"])
            #expect(try await house.rows("SELECT count(*)::text FROM person_identifier") == ["1"])
        }
    }

    @Test("whom the clinic does not know is answered with the same bytes, and sent nothing")
    func unknown() async throws {
        try await JourneyHouse.open { house in
            let phone = try await house.phone(of: house.first.cast.receptionist.unique)
            let known = try await house.ask("sms", phone), nobody = try await house.ask("sms", "+40799999999")
            #expect(known.status == 202 && nobody.status == 202)
            #expect(try house.faceless(known) == house.faceless(nobody))
            #expect(known.fields.map(\.name) == nobody.fields.map(\.name))
            let challenge = try nobody.parsed["challenge"]?.stringValue ?? ""
            #expect(try await house.content(of: challenge) == nil, "the sender finds nobody to tell")
            let wrong = try await house.verify(challenge, "000000")
            let unknown = try await house.verify(house.neverAsked, "000000")
            #expect(wrong.status == 422 && wrong.withoutRequestID == unknown.withoutRequestID)
            for table in ["one_time_code", "message", "job"] {
                #expect(try await house.count(table) == 2, "the same rows for both: \(table)")
            }
        }
    }

    @Test("of wrong codes five are judged, however many come at once, and the right one is wrong afterwards")
    func guesses() async throws {
        try await JourneyHouse.open { house in
            let phone = try await house.phone(of: house.first.cast.receptionist.unique)
            let challenge = try await house.challenge("sms", phone)
            let code = try await house.code(of: challenge)
            let loop = try #require(EventLoop.current)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<60 {
                    group.addTask(executorPreference: loop) {
                        let guess = String(String(1_000_000 + (Int(code) ?? 0) + 1 + number).suffix(6))
                        return try await house.verify(challenge, guess).status
                    }
                }
                return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [422: 60])
            #expect(try await house.rows("SELECT guesses::text FROM one_time_code") == ["5"])
            let judged =
                "SELECT count(*)::text FROM audit_event WHERE act = 'sessions.create' AND outcome = 'denied'"
            #expect(try await house.rows(judged) == ["5"])
            #expect(try await house.verify(challenge, code).status == 422)

            // Neither another code nor another channel or spelling brings guesses back; time does.
            house.time.pass(.seconds(31))
            let mail = try await house.mail(of: house.first.cast.receptionist.unique)
            let second = try await house.challenge("email", mail.uppercased())
            #expect(try await house.verify(second, try await house.code(of: second)).status == 422)
            house.time.pass(.seconds(15 * 60))
            let third = try await house.challenge("whatsapp", phone.replacing("+40", with: "0040 "))
            #expect(try await house.verify(third, try await house.code(of: third)).status == 200)
        }
    }

    @Test("a newer code takes the place of the one before, by whatever channel it went")
    func newer() async throws {
        try await JourneyHouse.open { house in
            let id = house.first.cast.receptionist.unique
            let first = try await house.challenge("sms", try await house.phone(of: id))
            let code = try await house.code(of: first)
            let second = try await house.challenge("email", try await house.mail(of: id))
            #expect(try await house.content(of: first) == nil, "a message about it is not sent any more")
            #expect(try await house.verify(first, code).status == 422)
            #expect(try await house.verify(second, try await house.code(of: second)).status == 200)
        }
    }

    @Test(
        "a code is over after five minutes; another can be asked for after thirty seconds, ten within an hour"
    )
    func times() async throws {
        try await JourneyHouse.open { house in
            let phone = try await house.phone(of: house.first.cast.receptionist.unique)
            let challenge = try await house.challenge("sms", phone)
            let code = try await house.code(of: challenge)
            for spelling in [phone, "00" + phone.dropFirst(), phone.map { "\($0) " }.joined()] {
                let early = try await house.ask("sms", spelling)
                #expect(early.status == 429 && early["retry-after"] == "31", "\(spelling)")
            }
            #expect(try await house.ask("whatsapp", phone).status == 429)
            house.time.pass(.seconds(300))
            #expect(try await house.verify(challenge, code).status == 422)
            #expect(try await house.content(of: challenge) == nil, "what is over is not sent")
            for _ in 0..<9 {
                #expect(try await house.ask("sms", phone).status == 202)
                house.time.pass(.seconds(31))
            }
            let more = try await house.ask("sms", phone)
            #expect(more.status == 429)
            #expect((Int(more["retry-after"] ?? "") ?? 0) > 2900)
            #expect(try await house.rows("SELECT count(*)::text FROM message") == ["10"])
            house.time.pass(.seconds(3600))
            #expect(try await house.ask("sms", phone).status == 202)
        }
    }

    @Test(
        "numbers of countries that a clinic does not serve, and what is no number, are refused for all alike"
    )
    func countries() async throws {
        try await JourneyHouse.open { house in
            for (channel, to, code) in [
                ("sms", "+18765550123", "country_not_served"),
                ("whatsapp", "+919876543210", "country_not_served"),
                ("sms", "asha@example.org", "wrong_form"), ("email", "+40721234567", "wrong_form"),
            ] {
                let refused = try await house.ask(channel, to)
                #expect(refused.status == 422)
                let codes = try refused.parsed["errors"]?.arrayValue?.map { $0["code"]?.stringValue }
                #expect(codes == [code], "\(channel) \(to)")
            }
            #expect(try await house.count("one_time_code") == 0)
        }
    }

    @Test("several patients with one number are asked who it is, and the code stays good until they say")
    func family() async throws {
        try await JourneyHouse.open { house in
            var family: [String] = []
            for name in ["Ana", "Ion"] {
                let made = try await house.first.desk.send(
                    "POST", "/v1/patients",
                    json: #"{"name": "\#(name)", "birth_date": "1990-02-03", "phone": "+40721000111"}"#)
                family.append(try made.parsed["id"]?.stringValue ?? "")
            }
            let challenge = try await house.challenge("sms", "0721 000 111")
            let code = try await house.code(of: challenge)
            let asked = try await house.verify(challenge, code)
            #expect(asked.status == 409)
            let choices = try asked.parsed["people"]?.arrayValue?.map { $0["id"]?.stringValue ?? "" }
            #expect(choices?.sorted() == family.sorted())
            let stranger = house.first.cast.patient.text
            #expect(try await house.verify(challenge, code, person: stranger).status == 422)
            let entered = try await house.verify(challenge, code, person: family[1])
            #expect(entered.status == 200)
            #expect(try entered.parsed["person"]?.stringValue == family[1])
            #expect(try await house.verify(challenge, code, person: family[0]).status == 422)
        }
    }
}
