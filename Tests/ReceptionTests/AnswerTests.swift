import Testing
import TestKit

@testable import Reception

@Suite("Answers", .serialized) struct AnswerTests {
    @Test("conditional requests are answered as RFC 9110 has it")
    func conditions() async throws {
        try await ReceptionHouse.open { house in
            let table: [(String, String, String, String?, Int)] = [
                ("GET", "/v1/samples/3", "If-None-Match", "\"1\"", 304),
                ("GET", "/v1/samples/3", "If-None-Match", "W/\"1\"", 304),
                ("HEAD", "/v1/samples/3", "If-None-Match", "*", 304),
                ("GET", "/v1/samples/3", "If-None-Match", "\"2\"", 200),
                ("GET", "/v1/samples/3", "If-None-Match", "1", 200),
                ("PUT", "/v1/samples/3", "If-Match", "\"1\"", 200),
                ("PUT", "/v1/samples/3", "If-Match", "*", 200),
                ("PUT", "/v1/samples/3", "If-Match", "\"2\"", 412),
                ("PUT", "/v1/samples/3", "If-Match", "W/\"1\"", 412),
                ("PUT", "/v1/samples/3", "If-Match", "1", 422),
                ("PUT", "/v1/samples/3", "X-Other", "1", 428),
            ]
            for (method, target, name, value, status) in table {
                let json = method == "PUT" ? "{\"text\":\"new\"}" : nil
                let reply = try await house.asha.send(
                    method, target, fields: [(name, value ?? "")], json: json)
                #expect(reply.status == status, "\(method) \(name): \(value ?? "")")
                if [200, 304].contains(status) { #expect(reply["etag"] == "\"1\"") }
                if status == 304 { #expect(reply.body.isEmpty) }
            }
        }
    }

    @Test("a list is walked by its cursors, which work nowhere else")
    func cursors() async throws {
        try await ReceptionHouse.open { house in
            var (target, seen) = ("/v1/samples?kind=a&limit=4", 0)
            var links: [String] = []
            while true {
                let page = try await house.stranger.send("GET", target)
                #expect(page.status == 200)
                seen += page.text.components(of: "\"id\":")
                guard let link = page["link"] else { break }
                target = String(link.dropFirst().prefix { $0 != ">" })
                links.append(target)
            }
            #expect(seen == 10 && links.count == 2)
            let cursor = String(try #require(links.first?.split(separator: "after=").last))
            for foreign in [
                "/v1/samples?kind=b&limit=4&after=\(cursor)", "/v1/samples?after=\(cursor)",
                "/v1/samples?kind=a&after=\(cursor)x", "/v1/samples?kind=a&after=4",
                "/v1/samples?kind=a&after=",
            ] {
                let reply = try await house.stranger.send("GET", foreign)
                #expect(reply.status == 422 && reply.text.contains("/query/after"), "\(foreign)")
            }
            let elsewhere = house.caller(at: "ravi.localhost")
            #expect(try await elsewhere.send("GET", "/v1/samples?kind=a&after=\(cursor)").status == 422)
        }
    }

    @Test("64 parallel clients share a limit of twenty exactly, and the others are told when to come back")
    func limit() async throws {
        try await ReceptionHouse.open { house in
            let replies = try await withThrowingTaskGroup(of: WireReply.self) { group in
                for _ in 0..<64 { group.addTask { try await house.stranger.send("GET", "/v1/rare") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.filter { $0.status == 204 }.count == 20)
            #expect(replies.allSatisfy { $0["ratelimit-policy"] == "\"address\";q=20;w=60" })
            #expect(
                Set(replies.filter { $0.status == 204 }.compactMap { $0["ratelimit"]?.prefix(14) }).count
                    == 20)
            for reply in replies where reply.status != 204 {
                #expect(reply.status == 429)
                let wait = try #require(reply["retry-after"].flatMap(Int.init))
                #expect((1...120).contains(wait))
            }
            // Another clinic's callers are counted apart, even from the same address.
            let neighbour = try await house.caller(at: "ravi.localhost").send("GET", "/v1/rare")
            #expect(neighbour.status == 204)
        }
    }

    @Test(
        "every answer carries the security fields and its request's name"
    )
    func fields() async throws {
        try await ReceptionHouse.open { house in
            let platform = house.caller(at: "localhost")
            let replies = [
                try await house.asha.send("GET", "/v1/me"), try await house.asha.send("GET", "/v1/nothing"),
                try await house.asha.send("PATCH", "/v1/me"), try await house.stranger.send("GET", "/v1/me"),
                try await house.asha.send("OPTIONS", "/v1/me"),
                try await house.asha.send("GET", "/v1/samples/3", fields: [("If-None-Match", "\"1\"")]),
                try await house.stranger.send("GET", "/v1/failures/surprise"),
                try await house.caller(at: "nobody.localhost").send("GET", "/v1/me"),
                try await platform.send("GET", "/docs"), try await platform.send("GET", "/metrics"),
                try await platform.send("GET", "/health/live"),
                try await platform.send("GET", "/openapi.json"),
                try await platform.exchange(Array("GET / HTTP/1.1\r\n\r\n".utf8)),
                try await platform.exchange(
                    Array("POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n".utf8)),
            ]
            for reply in replies {
                #expect(reply["x-content-type-options"] == "nosniff")
                #expect(reply["referrer-policy"] == "no-referrer")
                #expect(reply["cross-origin-resource-policy"] == "same-origin")
                #expect(reply["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
                #expect(reply["x-request-id"]?.count == 36)
                #expect(["no-store", "no-cache"].contains(reply["cache-control"]))
                #expect(reply["strict-transport-security"] == nil)
                #expect(reply.fields.filter { $0.name == "content-security-policy" }.count == 1)
            }
            #expect(Set(replies.compactMap { $0["x-request-id"] }).count == replies.count)
            #expect(replies[0]["cache-control"] == "no-store" && replies[0].status == 200)
        }
    }

    @Test("the server says where it is in its life")
    func health() async throws {
        try await ReceptionHouse.open { house in
            try await Self.expect(
                house, ["startup": "503 starting", "ready": "503 starting", "live": "200 live"])
            house.health.beginServing()
            try await Self.expect(
                house, ["startup": "200 started", "ready": "200 ready", "live": "200 live"])
            house.health.beginDraining()
            try await Self.expect(
                house, ["startup": "200 started", "ready": "503 draining", "live": "200 live"])
        }
    }

    /// Asked at an address, as whoever balances the load does.
    private static func expect(_ house: ReceptionHouse, _ words: [String: String]) async throws {
        for (name, word) in words {
            let reply = try await house.caller(at: "10.0.0.1").send("GET", "/health/\(name)")
            #expect("\(reply.status) \(reply.text)" == word + "\n", "\(name)")
        }
    }

    @Test("figures count routes by template, on the platform's host alone, and name no clinic")
    func figures() async throws {
        try await ReceptionHouse.open { house in
            _ = try await house.asha.send("GET", "/v1/samples/3")
            #expect(try await house.asha.send("GET", "/metrics").status == 404)
            let figures = try await house.caller(at: "localhost").send("GET", "/metrics").text
            #expect(
                figures.contains("nadi_http_requests_total{route=\"/v1/samples/{number}\",status=\"2xx\"} 1"))
            #expect(!figures.contains("asha"))
        }
    }
}

extension String {
    /// How often `part` stands in the text.
    func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
