import EventLoop
import JSON
import TestKit
import Testing

@Suite("A clinic has its events told", .timeLimit(.minutes(2)))
struct WebhookJourney {
    private static let wish = #"{"url": "https://hooks.example.org/a", "events": ["appointment.booked"]}"#

    @Test(
        "a webhook is added, changed, rotated, pinged, replayed and removed; its secret is shown once"
    )
    func life() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let made = try await admin.send("POST", "/v1/webhooks", json: Self.wish)
            #expect(made.status == 201)
            let path = try #require(made["location"])
            let secret = try #require(try made.parsed["secret"]?.stringValue)
            #expect(secret.hasPrefix("whsec_"))
            #expect(try made.parsed["webhook"] == (try await admin.json(path)))

            let changed = try await admin.send(
                "POST", path, json: #"{"events": [], "description": "Books", "enabled": false}"#)
            #expect(changed.status == 200)
            #expect(try changed.parsed["disabled_reason"]?.stringValue == "asked")
            #expect(try changed.parsed["url"]?.stringValue == "https://hooks.example.org/a")
            #expect(try changed.parsed["events"]?.arrayValue?.isEmpty == true)
            #expect(try await admin.send("POST", "\(path)/ping", json: "{}").status == 409)
            #expect(try await admin.send("POST", path, json: #"{"enabled": true}"#).status == 200)
            #expect(try await admin.json(path)["disabled_reason"] == .null)

            let rotated = try await admin.send("POST", "\(path)/rotate", json: "{}")
            #expect(rotated.status == 200)
            #expect(try rotated.parsed["secret"]?.stringValue != secret)
            #expect(!(try await admin.send("GET", path)).text.contains("whsec_"))
            #expect(!(try await admin.send("GET", "/v1/webhooks")).text.contains("whsec_"))
            #expect(
                try await house.rows(
                    "SELECT key FROM idempotency_key WHERE encode(answer_body, 'escape') ~ 'whsec'")
                    == [])

            let ping = try await admin.send("POST", "\(path)/ping", json: "{}")
            #expect(ping.status == 202)
            let log = try await admin.json("\(path)/deliveries")["items"]?.arrayValue ?? []
            #expect(log.map { $0["id"] } == [try ping.parsed["id"]])
            #expect(log.first?["state"]?.stringValue == "waiting")
            #expect(try await admin.send("POST", "\(path)/replay", json: "{}").status == 202)
            #expect(try await admin.send("POST", "\(path)/replay", json: "{}").status == 409)
            for wrong in [#"{"from": "7431-1029"}"#, #"{"from": "evt_00000000000000000000000000"}"#] {
                #expect(try await admin.send("POST", "\(path)/replay", json: wrong).status == 422, "\(wrong)")
            }
            let jobs = try await house.rows("SELECT kind FROM job ORDER BY kind")
            #expect(jobs == ["deliver-webhook", "replay-events"])

            #expect(try await admin.send("DELETE", path).status == 204)
            #expect(try await admin.send("GET", path).status == 404)
            #expect(try await house.count("webhook_delivery") == 0)
            #expect(try await house.count("audit_event WHERE subject_kind = 'webhook'") == 7)
        }
    }

    @Test("an address inside is refused, and a clinic has at most twenty webhooks")
    func refused() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            for url in ["http://hooks.example.org/", "https://localhost/", "https://10.0.0.1/"] {
                let answer = try await admin.send("POST", "/v1/webhooks", json: #"{"url": "\#(url)"}"#)
                #expect(answer.status == 422)
                #expect(try answer.parsed["errors"]?.arrayValue?.first?["pointer"]?.stringValue == "/url")
            }
            for _ in 1...20 {
                #expect(try await admin.send("POST", "/v1/webhooks", json: Self.wish).status == 201)
            }
            #expect(try await admin.send("POST", "/v1/webhooks", json: Self.wish).status == 409)
        }
    }

    @Test("of fifty who add a webhook at once twenty are heard")
    func parallel() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let loop = try #require(EventLoop.current)
            let codes = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await loop.perform {
                            try await admin.send("POST", "/v1/webhooks", json: Self.wish).status
                        }
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            // A person's limit of thirty a minute holds beside it.
            #expect(codes[201] == 20)
            #expect(codes[201, default: 0] + codes[409, default: 0] + codes[429, default: 0] == 50)
            #expect(codes[409, default: 0] > 0)
            #expect(try await house.count("webhook") == 20)
        }
    }

    @Test("whoever does not run the clinic, and the clinic next door, sees and changes nothing")
    func strangers() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let path = try #require(try await admin.send("POST", "/v1/webhooks", json: Self.wish)["location"])
            let asks = [
                ("GET", path, nil), ("GET", "\(path)/deliveries", nil), ("POST", path, "{}"),
                ("DELETE", path, nil),
                ("POST", "\(path)/rotate", "{}"), ("POST", "\(path)/ping", "{}"),
                ("POST", "\(path)/replay", "{}"),
            ]
            for (method, target, body) in asks {
                #expect(try await house.second.admin.send(method, target, json: body).status == 404)
                #expect(try await house.first.desk.send(method, target, json: body).status == 403)
            }
        }
    }
}
