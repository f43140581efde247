import EventLoop
@testable import Reception
import Telemetry
import TestKit
import Testing
import Vocabulary

@Suite("Idempotency keys", .serialized) struct IdempotencyTests {
    private static func send(
        _ house: ReceptionHouse, key: String, _ json: String = "{\"text\":\"one\"}"
    ) async throws -> WireReply {
        try await house.asha.send("POST", "/v1/samples", fields: [("Idempotency-Key", key)], json: json)
    }

    private static func effects(_ house: ReceptionHouse) async throws -> [[String?]] {
        try await house.place.script("SELECT count(*) FROM outbox")
    }

    @Test("fifty requests with one key at once are one effect; whoever is not told so is told to wait")
    func race() async throws {
        try await ReceptionHouse.open(limits: .none) { house in
            let replies = try await withThrowingTaskGroup(of: WireReply.self) { group in
                for _ in 0..<50 { group.addTask { try await Self.send(house, key: "race") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let made = replies.filter { $0.status == 201 }
            #expect(Set(made.map(\.text)).count == 1)
            #expect(made.filter { $0["idempotency-replayed"] == nil }.count == 1)
            #expect(replies.allSatisfy { [201, 409].contains($0.status) })
            for reply in replies where reply.status == 409 {
                #expect(reply.text.contains("request_in_progress"))
            }
            #expect(try await Self.effects(house) == [["1"]])
        }
    }

    @Test("the second answer is the first one, byte for byte, with its place and revision")
    func replay() async throws {
        try await ReceptionHouse.open { house in
            let first = try await Self.send(house, key: "k")
            let second = try await Self.send(house, key: "k")
            #expect(first.status == 201 && second.status == 201)
            #expect(first.body == second.body)
            for name in ["location", "etag", "content-type"] {
                #expect(first[name] == second[name] && first[name] != nil)
            }
            #expect(first["idempotency-replayed"] == nil && second["idempotency-replayed"] == "true")
            #expect(try await Self.effects(house) == [["1"]])
        }
    }

    @Test("another body under the same key is refused, and nothing happens")
    func otherBody() async throws {
        try await ReceptionHouse.open { house in
            _ = try await Self.send(house, key: "k")
            let other = try await Self.send(house, key: "k", "{\"text\":\"two\"}")
            #expect(other.status == 422 && other.text.contains("idempotency_key_reused"))
            #expect(try await Self.effects(house) == [["1"]])
        }
    }

    @Test("an effect that was rolled back leaves its key free")
    func rolledBack() async throws {
        try await ReceptionHouse.open { house in
            let failed = try await Self.send(house, key: "k", "{\"text\":\"one\",\"fails\":true}")
            #expect(failed.status == 409 && failed.text.contains("\"code\":\"conflict\""))
            #expect(try await Self.effects(house) == [["0"]])
            let again = try await Self.send(house, key: "k")
            #expect(again.status == 201, "\(again.text)")
            #expect(try await Self.effects(house) == [["1"]])
        }
    }

    @Test("a key that is older than a day is as good as new")
    func expired() async throws {
        try await ReceptionHouse.open { house in
            _ = try await Self.send(house, key: "k")
            try await house.place.script(
                "UPDATE idempotency_key SET expires_at = now() - interval '1 second'")
            let again = try await Self.send(house, key: "k", "{\"text\":\"two\"}")
            #expect(again.status == 201 && again["idempotency-replayed"] == nil)
            #expect(try await Self.effects(house) == [["2"]])
        }
    }

    @Test("expired keys are swept, and only those")
    func sweep() async throws {
        try await ReceptionHouse.open { house in
            for key in ["old", "new"] { _ = try await Self.send(house, key: key) }
            _ = try await house.place.script(
                "UPDATE idempotency_key SET expires_at = now() - interval '1 second' WHERE key = 'old'")
            try await house.sweep()
            #expect(try await house.place.script("SELECT key FROM idempotency_key") == [["new"]])
        }
    }

    @Test("a key that no key can be is refused before anything happens", arguments: ["", "a b", "é"])
    func malformed(key: String) async throws {
        try await ReceptionHouse.open { house in
            let reply = try await Self.send(house, key: key)
            #expect(reply.status == 422 && reply.text.contains("/header/idempotency-key"), "\(reply.text)")
            #expect(try await Self.effects(house) == [["0"]])
        }
    }

    @Test("without a key every request counts")
    func withoutKey() async throws {
        try await ReceptionHouse.open { house in
            for _ in 0..<2 {
                let reply = try await house.asha.send("POST", "/v1/samples", json: "{\"text\":\"one\"}")
                #expect(reply.status == 201)
            }
            #expect(try await Self.effects(house) == [["2"]])
        }
    }
}
