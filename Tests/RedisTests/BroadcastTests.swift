import EventLoop
import TestKit
import Testing

@testable import Redis

@Suite("What is said to all", .serialized) struct BroadcastTests {
    static func conforms(_ broadcast: RedisBroadcast, _ twin: RedisBroadcast) async throws {
        var own = broadcast.listen(to: "news").makeAsyncIterator()
        var others = twin.listen(to: "news").makeAsyncIterator()
        var elsewhere = twin.listen(to: "weather").makeAsyncIterator()
        #expect(await own.next() == .gap)
        #expect(await others.next() == .gap)
        #expect(await elsewhere.next() == .gap)
        for text in ["one", "", "drei – ३"] { #expect(await broadcast.say(text, on: "news")) }
        await broadcast.say("rain", on: "weather")
        for text in ["one", "", "drei – ३"] {
            // Another listener of this process may have caused another gap, which loses nothing.
            #expect(await next(&own) == .text(text))
            #expect(await next(&others) == .text(text))
        }
        #expect(await next(&elsewhere) == .text("rain"), "a channel hears what is said on it alone")
    }

    private static func next(_ heard: inout AsyncStream<Heard>.Iterator) async -> Heard? {
        while let one = await heard.next(isolation: #isolation) { if one != .gap { return one } }
        return nil
    }

    @Test("is heard by everybody at one Redis")
    func redis() async throws {
        try await RedisServer.withPool { server, pool, loops in
            let broadcast = RedisBroadcast(server.url, through: pool, on: loops[0])
            let twin = RedisBroadcast(server.url, through: pool, on: loops[0])
            broadcast.start()
            twin.start()
            try await Self.conforms(broadcast, twin)
            broadcast.close()
            twin.close()
        }
    }

    @Test("was not said where nobody hears it")
    func unheard() async throws {
        try await RedisServer.withPool { server, pool, loops in
            let broadcast = RedisBroadcast(server.url, through: pool, on: loops[0])
            broadcast.start()
            #expect(await broadcast.say("lost", on: "news") == false)
            var heard = broadcast.listen(to: "news").makeAsyncIterator()
            #expect(await heard.next() == .gap)
            #expect(await broadcast.say("found", on: "news"))
            broadcast.close()
        }
    }

    @Test("has a gap where Redis was gone, so that everybody looks for themselves")
    func gap() async throws {
        try await RedisServer.withPool { server, pool, loops in
            let broadcast = RedisBroadcast(server.url, through: pool, on: loops[0])
            broadcast.start()
            var heard = broadcast.listen(to: "news").makeAsyncIterator()
            #expect(await heard.next() == .gap)
            server.stop()
            #expect(await broadcast.say("lost", on: "news") == false)
            let again = try RedisServer(port: server.url.port)
            defer { again.stop() }
            #expect(await heard.next() == .gap)
            try await again.untilAnswered(by: pool)
            #expect(await broadcast.say("found", on: "news"))
            #expect(await Self.next(&heard) == .text("found"))
            broadcast.close()
        }
    }
}
