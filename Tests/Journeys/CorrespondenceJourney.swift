import Crypto
import Database
import EventLoop
import JSON
import Records
import Scheduling
import TestKit
import Tenancy
import Testing
import Vocabulary

@testable import Correspondence
@testable import Messaging
@testable import Outbox

@Suite("People find what they are told, and say what they want", .timeLimit(.minutes(2)))
struct CorrespondenceJourney {
    @Test("whoever is booked finds it, reads it and takes it away; nobody else sees it")
    func shown() async throws {
        try await JourneyHouse.open { house in
            let (caller, admin) = (house.first.practitioner, house.first.admin)
            let booked = try await house.show("appointment.booked")
            let list = try await caller.json("/v1/notifications")["items"]?.arrayValue ?? []
            #expect(list.map { $0["kind"]?.stringValue } == ["appointment.booked"])
            #expect(list.first?["title"]?.stringValue == "O programare nouă")
            #expect(list.first?["about"]?["id"]?.stringValue == booked.uuidText)
            #expect(try await caller.json("/v1/notifications/unread-count")["unread"] == 1)
            #expect(try await admin.json("/v1/notifications")["items"]?.arrayValue?.isEmpty == true)

            let path = "/v1/notifications/\(list.first?["id"]?.stringValue ?? "")"
            for stranger in [admin, house.second.admin] {
                #expect(try await stranger.send("POST", "\(path)/read", json: "{}").status == 404)
                #expect(try await stranger.send("DELETE", path).status == 404)
            }
            let read = try await caller.send("POST", "\(path)/read", json: "{}")
            #expect(read.status == 200)
            #expect(try await caller.send("POST", "\(path)/read", json: "{}").text == read.text)
            #expect(try await caller.json("/v1/notifications/unread-count")["unread"] == 0)
            #expect(
                try await caller.json("/v1/notifications?unread=true")["items"]?.arrayValue?.isEmpty == true)
            #expect(try await caller.send("DELETE", path).status == 204)
            #expect(try await caller.send("DELETE", path).status == 404)
        }
    }

    @Test("a newer word takes the place of an older one that nobody has read: no time that is over is shown")
    func superseded() async throws {
        try await JourneyHouse.open { house in
            let first = try await house.show("appointment.booked")
            let second = try await house.show("appointment.booked", replacing: first)
            try await house.show("appointment.cancelled", about: second)
            let list = try await house.first.practitioner.json("/v1/notifications")["items"]?.arrayValue ?? []
            #expect(list.map { $0["kind"]?.stringValue } == ["appointment.cancelled"])
        }
    }

    @Test("pages go on where they stopped, and all are read up to the one that was seen")
    func pages() async throws {
        try await JourneyHouse.open { house in
            let caller = house.first.practitioner
            for _ in 0..<5 { try await house.show("appointment.booked") }
            let first = try await caller.json("/v1/notifications?limit=3")
            let next = try #require(first["next"]?.stringValue)
            let second = try await caller.json("/v1/notifications?limit=3&cursor=\(next)")
            let ids = [first, second].flatMap { $0["items"]?.arrayValue ?? [] }.compactMap {
                $0["id"]?.stringValue
            }
            #expect(ids.count == 5)
            #expect(Set(ids).count == 5)
            #expect(second["next"] == .null)
            let seen = #"{"last": "\#(ids[2])"}"#
            let left = try await caller.send("POST", "/v1/notifications/read-all", json: seen)
            #expect(try left.parsed["unread"] == 2)
            let none = try await caller.send("POST", "/v1/notifications/read-all", json: "{}")
            #expect(try none.parsed["unread"] == 0)
        }
    }

    @Test("who runs the clinic is shown that little is left to send, then that nothing is")
    func budget() async throws {
        try await JourneyHouse.open { house in
            let facts = #"{"channel": "sms", "day": "2027-01-03", "sent": 8, "limit": 10}"#
            let subject = UniqueID.random(at: JourneyHouse.now)
            try await house.happen("message-budget.nearly-used", about: subject, facts)
            let list = try await house.first.admin.json("/v1/notifications")["items"]?.arrayValue ?? []
            #expect(list.map { $0["text"]?.stringValue } == ["sms: 8 din 10 sunt trimise."])
            try await house.happen("message-budget.used", about: subject, facts)
            let later = try await house.first.admin.json("/v1/notifications")["items"]?.arrayValue ?? []
            #expect(later.map { $0["kind"]?.stringValue } == ["message-budget.used"])
            #expect(
                try await house.first.desk.json("/v1/notifications")["items"]?.arrayValue?.isEmpty == true)
        }
    }

    @Test("what a patient says at the desk is kept as a whole, with who said it; what is over is refused")
    func consent() async throws {
        try await JourneyHouse.open { house in
            let desk = house.first.desk, path = house.consentPath
            let empty = try await desk.send("GET", path)
            #expect(try empty.parsed["choices"]?.arrayValue?.isEmpty == true)
            let wish = """
                {"choices": [{"channel": "sms", "category": "reminder", "wanted": false},
                {"channel": "email", "category": "marketing", "wanted": true}]}
                """
            #expect(try await desk.send("PUT", path, json: wish).status == 428)
            let tag = [("If-Match", try #require(empty["etag"]))]
            let said = try await desk.send("PUT", path, fields: tag, json: wish)
            #expect(said.status == 200)
            #expect(try said.parsed["choices"]?.arrayValue?.map { $0["said_by"] } == ["staff", "staff"])
            #expect(try await desk.send("PUT", path, fields: tag, json: wish).status == 412)
            let now = [("If-Match", try #require(said["etag"]))]
            for bad in [
                #"{"choices": [{"channel": "sms", "category": "code", "wanted": false}]}"#,
                #"{"choices": [{"channel": "fax", "category": "reminder", "wanted": false}]}"#,
                wish.replacing(
                    "\"email\", \"category\": \"marketing\"", with: "\"sms\", \"category\": \"reminder\""),
            ] {
                #expect(try await desk.send("PUT", path, fields: now, json: bad).status == 422)
            }
            let less = #"{"choices": [{"channel": "sms", "category": "reminder", "wanted": false}]}"#
            let left = try await desk.send("PUT", path, fields: now, json: less)
            #expect(try left.parsed["choices"]?.arrayValue?.count == 1)
            let audited = try await house.rows(
                """
                SELECT detail::text FROM audit_event WHERE subject_kind = 'message_consent'
                AND act = 'demographics.update' ORDER BY at, id
                """)
            #expect(audited.count == 2)
            #expect(audited.contains(#"{"changed": {"email marketing": null}}"#))
            #expect(try await house.second.desk.send("GET", path).status == 404)
            #expect(try await house.second.desk.send("PUT", path, fields: now, json: less).status == 404)
        }
    }

    @Test("one click ends mails of a kind; looking changes nothing, and a link of next door is none")
    func unsubscribe() async throws {
        try await JourneyHouse.open { house in
            let path = house.unsubscribePath
            let anyone = WireCaller(port: house.first.desk.port, host: house.first.desk.host)
            let shown = try await anyone.send("GET", path)
            #expect(shown.status == 200)
            #expect(shown["content-type"] == "text/html; charset=utf-8")
            #expect(shown["content-security-policy"]?.contains("form-action 'self'") == true)
            #expect(shown.text.contains("action=\"\(path)\""))
            #expect(try await house.count("message_consent") == 0)
            let click = "List-Unsubscribe=One-Click"
            let next = WireCaller(port: anyone.port, host: house.second.desk.host)
            #expect(try await next.post(form: click, to: path).status == 404)
            #expect(try await next.send("GET", path).status == 404)
            #expect(try await anyone.post(form: "x=y", to: path).status == 422)
            #expect(try await anyone.send("POST", path, json: "{}").status == 415)
            #expect(try await house.count("message_consent") == 0)
            for _ in 0..<2 { #expect(try await anyone.post(form: click, to: path).status == 200) }
            #expect(
                try await house.rows(
                    "SELECT concat_ws(' ', channel, category, wanted, said_by_kind) FROM message_consent")
                    == ["email reminder f link"])
        }
    }

    @Test("receipts are taken from whoever proves to be the gateway; known and unknown names answer alike")
    func receipts() async throws {
        try await JourneyHouse.open { house in
            let clinic = house.place.database.clinic(house.first.tenant.id)
            let gateways = house.correspondence.gateways
            try await gateways.keep(
                "twilio://AC1:token@?from=%2B15005550006", for: .sms, of: clinic, by: "test",
                at: JourneyHouse.now)
            try await gateways.keep(
                "whatsapp://123:T@?app_secret=shh&verify_token=word", for: .whatsApp, of: clinic, by: "test",
                at: JourneyHouse.now)
            let anyone = WireCaller(port: house.first.desk.port, host: house.first.desk.host)
            let path = "/v1/message-receipts/twilio", body = "MessageSid=SM9&MessageStatus=delivered"
            let signed = "https://asha.example\(path)MessageSidSM9MessageStatusdelivered"
            let digest = HMAC.sha1(of: Array(signed.utf8), key: Array("token".utf8))
            let proof = [("X-Twilio-Signature", Base64.text(of: digest))]
            for _ in 0..<2 {
                let answer = try await anyone.post(form: body, to: path, proof)
                #expect(answer.status == 200)
                #expect(answer.text == #"{"taken":true}"#)
            }
            #expect(
                try await house.rows("SELECT gateway_id || ' ' || state FROM message_receipt") == [
                    "SM9 delivered"
                ])
            #expect(try await house.count("job WHERE kind = 'heed-receipt'") == 1)
            let next = WireCaller(port: anyone.port, host: house.second.desk.host)
            #expect(try await anyone.post(form: body + "x", to: path, proof).status == 403)
            #expect(try await anyone.post(form: body, to: path).status == 403)
            #expect(try await next.post(form: body, to: path, proof).status == 403)
            #expect(try await anyone.post(form: body, to: "/v1/message-receipts/msg91", proof).status == 403)
            let said = """
                {"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"123"},
                "messages":[{"from":"919812345678","timestamp":"1798970000","type":"text"}]}}]}]}
                """
            let mac = HMAC.sha256(of: Array(said.utf8), key: Array("shh".utf8))
            let heard = try await anyone.send(
                "POST", "/v1/message-receipts/whatsapp",
                fields: [("X-Hub-Signature-256", "sha256=\(Hex.encode(mac))")], json: said)
            #expect(heard.status == 200)
            #expect(
                try await house.rows(
                    "SELECT extract(epoch FROM last_inbound_at)::bigint::text FROM whatsapp_contact")
                    == ["1798970000"])
            let asking = "/v1/message-receipts/whatsapp?hub.mode=subscribe&hub.challenge=1158201444"
            let answer = try await anyone.send("GET", "\(asking)&hub.verify_token=word")
            #expect(answer.status == 200)
            #expect(answer.text == "1158201444")
            #expect(answer["content-type"] == "text/plain; charset=utf-8")
            #expect(try await anyone.send("GET", "\(asking)&hub.verify_token=wore").status == 403)
            #expect(try await next.send("GET", "\(asking)&hub.verify_token=word").status == 403)
        }
    }
}

extension JourneyHouse {
    /// The practitioner of the first clinic is booked, or the like; the id of the appointment.
    @discardableResult
    func show(_ kind: String, about appointment: UniqueID? = nil, replacing other: UniqueID? = nil)
        async throws
        -> UniqueID
    {
        let id = appointment ?? UniqueID.random(at: Self.now)
        let from = other.map { ", \"rescheduled_from\": \"\(ID<Appointment>($0).text)\"" } ?? ""
        try await happen(
            kind, about: id,
            """
            {"practitioner": "\(first.cast.practitioner.text)", "start": "\(Self.now.text)",
             "zone": "Europe/Bucharest"\(from)}
            """)
        return id
    }

    /// The relay hands an event over.
    func happen(_ kind: String, about subject: UniqueID, _ facts: String) async throws {
        let event = RecordedEvent(
            tenant: first.tenant.id, position: OutboxPosition(transaction: 1, sequence: 1), kind: kind,
            subject: subject, version: 1, at: Self.now, payload: JSONText(Array(facts.utf8)))
        try await place.database.clinic(first.tenant.id).write { transaction in
            try await EventShowing().receive([event], in: transaction)
        }
    }

    var consentPath: String { "/v1/patients/\(first.cast.patient.text)/message-consent" }

    /// What stands in a reminder by mail to the first clinic's patient.
    var unsubscribePath: String {
        let wish = UnsubscribeSeal.Wish(
            recipient: first.cast.patient.unique, choice: MessageConsent.Choice(.email, .reminder))
        let token = correspondence.links.unsubscribe.token(for: wish, of: first.tenant.id, at: Self.now)
        return "/v1/unsubscribe/\(token)"
    }
}

extension WireCaller {
    func post(form: String, to path: String, _ fields: [(String, String)] = []) async throws -> WireReply {
        let head =
            [
                "POST \(path) HTTP/1.1", "Host: \(host)", "Connection: close",
                "Content-Type: application/x-www-form-urlencoded", "Content-Length: \(form.utf8.count)",
            ] + fields.map { "\($0): \($1)" }
        return try await exchange(Array((head.joined(separator: "\r\n") + "\r\n\r\n" + form).utf8))
    }
}
