import TestKit
import Testing

@Suite("Limits: by class, by sign-in, by address, by the clinic's plan", .timeLimit(.minutes(2)))
struct LimitTests {
    /// What so many calls at once are answered.
    private func replies(
        _ count: Int, _ call: @escaping @Sendable (Int) async throws -> WireReply
    ) async throws -> [WireReply] {
        try await withThrowingTaskGroup(of: WireReply.self) { group in
            for number in 0..<count { group.addTask { try await call(number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func configure(_ house: ReceptionHouse, _ body: String) async throws {
        try await house.place.script(
            """
            INSERT INTO clinic_configuration (tenant_id, version, body, applied_by) VALUES (1, 1, '\(body)', 'test')
            """)
    }

    @Test("endpoints of a class are counted together, exactly, however many ask at once")
    func ofClass() async throws {
        try await ReceptionHouse.open { house in
            let replies = try await replies(64) { number in
                try await house.asha.send(
                    "GET", number.isMultiple(of: 2) ? "/v1/secrets" : "/v1/other-secrets")
            }
            #expect(replies.count { $0.status == 204 } == 5)
            #expect(replies.count { $0.status == 429 } == 59)
            #expect(replies.allSatisfy { $0["ratelimit-policy"] == "\"sensitive\";q=5;w=900" })
        }
    }

    @Test(
        "a sign-in may call 1,000 times a minute, an unknown address 100 times in 15 minutes"
    )
    func general() async throws {
        try await ReceptionHouse.open { house in
            let known = try await house.asha.send("GET", "/v1/me")
            #expect(known["ratelimit-policy"] == "\"session\";q=1000;w=60")
            let replies = try await replies(130) { _ in try await house.stranger.send("GET", "/v1/ping") }
            #expect(replies.count { $0.status == 200 } == 100)
            #expect(replies.allSatisfy { $0["ratelimit-policy"] == "\"address\";q=100;w=900" })
            #expect(try await house.asha.send("GET", "/v1/me").status == 200, "who is known is counted apart")
        }
    }

    @Test(
        "each class lets its default pass, exactly, however many ask at once",
        arguments: [
            ("login", 10, 900, false), ("password_reset", 3, 3600, false), ("upload", 20, 900, true),
            ("search", 30, 60, true), ("hold", 30, 300, true),
        ])
    func defaults(name: String, calls: Int, seconds: Int, isKnown: Bool) async throws {
        try await ReceptionHouse.open { house in
            let caller = isKnown ? house.asha : house.stranger
            let replies = try await replies(calls + 20) { _ in
                try await caller.send("POST", "/v1/classes/\(name)", json: "{}")
            }
            #expect(replies.count { $0.status == 204 } == calls)
            #expect(replies.count { $0.status == 429 } == 20)
            #expect(
                replies.allSatisfy { $0["ratelimit-policy"] == "\"\(name)\";q=\(calls);w=\(seconds)" })
        }
    }

    @Test("where a clinic says that its staff sits, thirty times as many may sign in")
    func staffNetwork() async throws {
        try await ReceptionHouse.open { house in
            try await configure(house, #"{"access": {"staff_networks": ["127.0.0.0/8"]}}"#)
            let replies = try await replies(310) { _ in
                try await house.stranger.send("POST", "/v1/classes/login", json: "{}")
            }
            #expect(replies.count { $0.status == 204 } == 300)
            #expect(replies.allSatisfy { $0["ratelimit-policy"] == "\"login\";q=300;w=900" })
        }
    }

    @Test("guessing tokens is counted against the address")
    func guessing() async throws {
        try await ReceptionHouse.open { house in
            let replies = try await replies(130) { number in
                try await house.caller(at: "asha.localhost", token: "guess-\(number)").send("GET", "/v1/me")
            }
            #expect(replies.count { $0.status == 401 } == 100)
            #expect(replies.count { $0.status == 429 } == 30)
            let lines = try await house.place.script("SELECT FROM audit_event WHERE act = 'token'")
            #expect(lines.count == 10, "the others are counted")
        }
    }

    @Test("whom their own limit refuses costs the clinic's plan nothing")
    func strangersAndPlan() async throws {
        try await ReceptionHouse.open { house in
            try await configure(house, #"{"plan": {"calls_per_minute": 30}}"#)
            let knocks = try await replies(60) { _ in
                try await house.stranger.send("POST", "/v1/classes/login", json: "{}")
            }
            #expect(knocks.count { $0.status == 204 } == 10)
            #expect(knocks.allSatisfy { $0["ratelimit-policy"] == "\"login\";q=10;w=900" })
            let calls = try await replies(30) { _ in try await house.asha.send("GET", "/v1/me") }
            #expect(calls.count { $0.status == 200 } == 20)
            #expect(calls.count { $0["ratelimit-policy"] == "\"plan\";q=30;w=60" } == 10)
        }
    }

    @Test("a clinic's plan is a limit on all its callers together, and on no other clinic's")
    func plan() async throws {
        try await ReceptionHouse.open { house in
            try await configure(house, #"{"plan": {"calls_per_minute": 7}}"#)
            let replies = try await replies(30) { number in
                number.isMultiple(of: 2)
                    ? try await house.asha.send("GET", "/v1/me")
                    : try await house.stranger.send("GET", "/v1/samples?kind=a")
            }
            #expect(replies.count { $0.status == 200 } == 7)
            let refused = replies.filter { $0.status == 429 }
            #expect(refused.count == 23)
            #expect(refused.allSatisfy { $0["ratelimit-policy"] == "\"plan\";q=7;w=60" })
            #expect(
                try await house.caller(at: "ravi.localhost").send("GET", "/v1/samples?kind=a").status == 200)
        }
    }

    @Test("where the clinic names its networks, staff from elsewhere are turned away, and that is kept")
    func networks() async throws {
        try await ReceptionHouse.open { house in
            try await configure(
                house, #"{"access": {"staff_networks": ["203.0.113.0/24", "2001:db8::/32"]}}"#)
            let reply = try await house.asha.send("GET", "/v1/me")
            #expect(reply.status == 403 && reply.text.contains("network_not_allowed"))
            #expect(try await house.stranger.send("GET", "/v1/samples?kind=a").status == 200)
            let kept = try await house.place.script(
                "SELECT act, outcome, caller_kind, address FROM audit_event")
            #expect(kept == [["network", "denied", "staff", "127.0.0.1"]])
        }
    }

    @Test("a purpose is kept with the event, and what is none is refused")
    func purpose() async throws {
        try await ReceptionHouse.open { house in
            let refused = try await house.asha.send(
                "GET", "/v1/secrets", fields: [("Purpose-Of-Use", "curiosity")])
            #expect(refused.status == 422 && refused.text.contains("/header/purpose-of-use"))
            let fine = try await house.asha.send(
                "GET", "/v1/secrets", fields: [("Purpose-Of-Use", "treatment")])
            #expect(fine.status == 204)
        }
    }
}
