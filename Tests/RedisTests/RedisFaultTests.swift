import EventLoop
import TestKit
import Testing

@testable import Redis

@Suite("A Redis that fails", .serialized) struct RedisFaultTests {
    private static func elapsed(_ body: () async -> Void) async -> Duration {
        let began = ContinuousClock.now
        await body()
        return .now - began
    }

    @Test("is not waited for when it was never there")
    func absent() async throws {
        let group = EventLoopGroup(count: 1)
        let url = try #require(RedisURL("redis://127.0.0.1:1"))
        try await group.loops[0].perform {
            let pool = RedisPool(url, loops: group.loops)
            pool.start()
            let time = await Self.elapsed {
                for _ in 0..<100 {
                    await #expect(throws: RedisFault.away) { try await pool.ask(RedisCall("PING")) }
                }
            }
            #expect(time < RedisPool.patience * 50, "waiting for each would take twice as long")
            pool.close()
        }
        group.stop()
    }

    @Test("holds nobody for longer than the patience when it freezes, and nobody at all after that")
    func frozen() async throws {
        let patience = Duration.milliseconds(200)
        try await RedisServer.withPool(patience: patience) { server, pool, _ in
            server.freeze()
            let time = await Self.elapsed {
                await #expect(throws: RedisFault.late) { try await pool.ask(RedisCall("PING")) }
            }
            #expect(time >= patience * 0.9 && time < patience * 10, "\(time)")
            let after = await Self.elapsed {
                for _ in 0..<100 {
                    await #expect(throws: RedisFault.away) { try await pool.ask(RedisCall("PING")) }
                }
            }
            #expect(after < patience * 10, "waiting for each would take a hundred: \(after)")
            server.thaw()
            try await server.untilAnswered(by: pool)
        }
    }

    @Test("ends the calls under way when it is killed, and is found again when it comes back")
    func killed() async throws {
        try await RedisServer.withPool { server, pool, _ in
            server.stop()
            let time = await Self.elapsed {
                await #expect(throws: RedisFault.self) { try await pool.ask(RedisCall("PING")) }
            }
            #expect(time < .seconds(5), "sooner than the patience")
            let again = try RedisServer(port: server.url.port)
            defer { again.stop() }
            try await again.untilAnswered(by: pool)
        }
    }

    @Test("answers a thousand calls at once, each with its own answer")
    func pipelined() async throws {
        try await RedisServer.withPool { _, pool, loops in
            let answers = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<1_000 {
                    group.addTask(executorPreference: loops[0]) {
                        (try? await pool.ask(RedisCall("ECHO", "\(number)")))
                            == .bytes(Array("\(number)".utf8))
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(answers == 1_000)
        }
    }

    @Test(
        "is given up when its answers are no RESP, or have no end",
        arguments: ["nonsense\r\n", "$9999999\r\n"])
    func garbled(bytes: String) throws {
        let reader = ReplyReader()
        let text = Array(bytes.utf8) + Array(repeating: UInt8(ascii: "a"), count: ReplyReader.bytesMax)
        #expect(throws: RedisFault.garbled) {
            try text.withUnsafeBytes { try reader.feed($0) }
            while try reader.next() != nil {}
        }
    }

    @Test("is read the same however its bytes are cut")
    func everySplit() throws {
        let bytes = Array("*5\r\n+OK\r\n:-7\r\n$3\r\na\0b\r\n$-1\r\n*1\r\n-WRONGTYPE no\r\n:1\r\n".utf8)
        let expected: [RedisReply] = [
            .list([
                .word("OK"), .number(-7), .bytes([97, 0, 98]), .nothing, .list([.refusal("WRONGTYPE no")]),
            ]),
            .number(1),
        ]
        for cut in 0...bytes.count {
            let reader = ReplyReader()
            var replies: [RedisReply] = []
            for part in [bytes[..<cut], bytes[cut...]] {
                try part.withUnsafeBytes { try reader.feed($0) }
                while let reply = try reader.next() { replies.append(reply) }
            }
            #expect(replies == expected, "cut at \(cut)")
        }
    }
}
