import EventLoop
import Glibc
import HTTP
import Outgoing
import TestKit
import Testing

/// A courier on one loop, for as long as `body` runs there.
func withCourier<Value: Sendable>(
    _ addresses: AddressGuard = .operatorNamed, authorities: String? = nil,
    _ body: @escaping @Sendable (Courier) async throws -> Value
) async throws -> Value {
    let group = EventLoopGroup(count: 1)
    defer { group.stop() }
    let courier = Courier(addresses, loops: group.loops, authorities: authorities)
    defer { courier.close() }
    return try await group.loops[0].perform { try await body(courier) }
}

private let fine = [
    ScriptedServer.Step.until("¶¶"), .say("HTTP/1.1 200 OK¶Retry-After: 7¶Content-Length: 4¶¶fine"),
]

@Suite("Asking other servers")
struct CourierTests {
    @Test("an answer comes with its code, its fields and its body, and the request left as it was meant")
    func answer() async throws {
        let server = try ScriptedServer(
            [.until("to=%2B91"), .say("HTTP/1.1 201 Created¶X-Id: SM1¶Content-Length: 2¶¶{}")])
        defer { server.stop() }
        let answer = try await withCourier { [port = server.port] courier in
            var request = OutgoingRequest(
                .post, "http://127.0.0.1:\(port)/messages", body: Array("to=%2B91".utf8))
            request.fields.add("Authorization", "Basic abc\r\nX-Evil: yes")
            return try await courier.answer(to: request)
        }
        #expect(answer.status == 201)
        #expect(answer["x-id"] == "SM1")
        #expect(answer.body == Array("{}".utf8))
        let heard = try #require(server.conversations.first)
        #expect(heard.hasPrefix("POST /messages HTTP/1.1\r\n"))
        #expect(
            heard.contains("Authorization: Basic abc  X-Evil: yes\r\n"), "a value begins no field of its own")
        #expect(!heard.contains("100-continue"))
    }

    @Test("a slow server is given up after the limit, and it may have done what was asked")
    func slow() async throws {
        let server = try ScriptedServer([.until("¶¶"), .pause(milliseconds: 3000)])
        defer { server.stop() }
        let took = try await withCourier { [port = server.port] courier in
            var request = OutgoingRequest(.post, "http://127.0.0.1:\(port)/")
            request.limits.total = .milliseconds(200)
            let start = ContinuousClock.now
            await #expect(throws: OutgoingFault(.timeout, mayHaveArrived: true)) {
                try await courier.answer(to: request)
            }
            return ContinuousClock.now - start
        }
        #expect(took >= .milliseconds(190) && took < .seconds(2))
    }

    @Test("where nobody listens, nothing can have arrived")
    func nobody() async throws {
        let server = try ScriptedServer(fine)
        let port = server.port
        server.stop()
        await #expect(throws: OutgoingFault(.unreachable, mayHaveArrived: false)) {
            try await withCourier {
                try await $0.answer(to: OutgoingRequest(.get, "http://127.0.0.1:\(port)/"))
            }
        }
    }

    @Test(
        "a connection that is cut after the request is a fault that may have arrived, and is not asked again")
    func cut() async throws {
        let server = try ScriptedServer([.until("¶¶")], fine)
        defer { server.stop() }
        await #expect(throws: OutgoingFault(.broken, mayHaveArrived: true)) {
            try await withCourier { [port = server.port] courier in
                try await courier.answer(to: OutgoingRequest(.post, "http://127.0.0.1:\(port)/"))
            }
        }
        #expect(server.conversations.count == 1)
    }

    @Test("an answer without end is cut at the limit")
    func endless() async throws {
        let piece = String(repeating: "x", count: 4000)
        let server = try ScriptedServer(
            [.until("¶¶"), .say("HTTP/1.1 200 OK¶¶")] + Array(repeating: .say(piece), count: 100))
        defer { server.stop() }
        await #expect(throws: OutgoingFault(.tooLarge, mayHaveArrived: true)) {
            try await withCourier { [port = server.port] courier in
                var request = OutgoingRequest(.get, "http://127.0.0.1:\(port)/")
                request.limits.answerBytes = 10_000
                return try await courier.answer(to: request)
            }
        }
    }

    @Test("a redirect is an answer unless following was asked for")
    func redirect() async throws {
        let moved = [
            ScriptedServer.Step.until("¶¶"), .say("HTTP/1.1 302 Found¶Location: /there¶Content-Length: 0¶¶"),
        ]
        let server = try ScriptedServer(moved, moved + fine, fine)
        defer { server.stop() }
        let url = "http://127.0.0.1:\(server.port)/"
        let codes = try await withCourier { courier in
            let first = try await courier.answer(to: OutgoingRequest(.get, url)).status
            var request = OutgoingRequest(.get, url)
            request.limits.redirects = 2
            return [first, try await courier.answer(to: request).status]
        }
        #expect(codes == [302, 200])
    }

    @Test("a cancelled request ends at once and leaves the loop usable")
    func cancelled() async throws {
        let slow = try ScriptedServer([.until("¶¶"), .pause(milliseconds: 2000)])
        let quick = try ScriptedServer(fine)
        defer {
            slow.stop()
            quick.stop()
        }
        let status = try await withCourier { [slow = slow.port, quick = quick.port] courier in
            let asking = Task(executorPreference: EventLoop.current) {
                try await courier.answer(to: OutgoingRequest(.get, "http://127.0.0.1:\(slow)/"))
            }
            try await EventLoop.current?.sleep(for: .milliseconds(50))
            asking.cancel()
            await #expect(throws: CancellationError.self) { try await asking.value }
            return try await courier.answer(to: OutgoingRequest(.get, "http://127.0.0.1:\(quick)/")).status
        }
        #expect(status == 200)
    }

    @Test("a hundred requests at once are each answered once")
    func many() async throws {
        let server = try ScriptedServer(fine)
        defer { server.stop() }
        let url = "http://127.0.0.1:\(server.port)/"
        let answered = try await withCourier { courier in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<100 {
                    group.addTask { try await courier.answer(to: OutgoingRequest(.post, url)).status }
                }
                return try await group.reduce(into: 0) { $0 += $1 == 200 ? 1 : 0 }
            }
        }
        #expect(answered == 100)
        #expect(server.conversations.count == 100)
    }

    @Test(
        "only the web's own schemes are spoken",
        arguments: [
            "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "dict://127.0.0.1/", "",
            "http://",
        ])
    func schemes(_ url: String) async {
        await #expect(throws: OutgoingFault(.badAddress)) {
            try await withCourier { try await $0.answer(to: OutgoingRequest(.get, url)) }
        }
    }
}
