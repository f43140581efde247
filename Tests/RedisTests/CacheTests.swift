import Crypto
import EventLoop
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import Redis

@Suite("What is remembered", .serialized) struct CacheTests {
    static let asha = TenantID(number: 7)
    static let ravi = TenantID(number: 8)

    static func shared(
        _ pool: RedisPool, _ number: UInt8 = 7, onStranger: @escaping @Sendable (CacheKey) -> Void
    ) throws -> RedisCache {
        let secret = try Secret(rawBytes: Array(repeating: number, count: 32))
        return RedisCache(pool, under: secret, onStranger: onStranger)
    }

    /// What every cache does, whoever keeps it.
    static func conforms(_ cache: any Cache) async throws {
        let key = CacheKey("sample", "one", of: asha)
        #expect(await cache.value(of: key) == nil)
        await cache.keep([1, 0, 255], as: key, for: .seconds(60))
        #expect(await cache.value(of: key) == [1, 0, 255])
        #expect(await cache.value(of: CacheKey("sample", "one", of: ravi)) == nil)
        #expect(await cache.value(of: CacheKey("other", "one", of: asha)) == nil)
        await cache.keep([], as: key, for: .seconds(60))
        #expect(await cache.value(of: key) == [])
        await cache.forget(key)
        #expect(await cache.value(of: key) == nil)
        await cache.keep([2], as: key, for: .milliseconds(30))
        try await EventLoop.current?.sleep(for: .milliseconds(80))
        #expect(await cache.value(of: key) == nil)
        await cache.keep([3], as: key, for: .seconds(60))
        await cache.keep(Array(repeating: 1, count: CacheKey.valueMax + 1), as: key, for: .seconds(60))
        #expect(await cache.value(of: key) == nil, "what is too long replaces nothing and keeps nothing old")
    }

    @Test("is the same in this process")
    func memory() async throws {
        let group = EventLoopGroup(count: 1)
        try await group.loops[0].perform { try await Self.conforms(MemoryCache()) }
        group.stop()
    }

    @Test("and in Redis")
    func redis() async throws {
        try await RedisServer.withPool { _, pool, _ in
            try await Self.conforms(Self.shared(pool) { Issue.record("nobody else wrote \($0)") })
        }
    }

    @Test("by this process never takes more room than it has")
    func bounded() async {
        let cache = MemoryCache(bytesMax: 10_000)
        for number in 0..<100 {
            await cache.keep(
                Array(repeating: 0, count: 1_000), as: CacheKey("s", "\(number)", of: Self.asha),
                for: .seconds(Int64(100 + number)))
        }
        var kept: [Int] = []
        for number in 0..<100 where await cache.value(of: CacheKey("s", "\(number)", of: Self.asha)) != nil {
            kept.append(number)
        }
        #expect((1...10).contains(kept.count))
        #expect(kept.contains(99), "what ends last is kept: \(kept)")
    }

    @Test("and was written by a stranger is a miss that is heard of, and is gone then")
    func poisoned() async throws {
        try await RedisServer.withPool { _, pool, _ in
            let heard = Mutex<[CacheKey]>([])
            let cache = try Self.shared(pool) { key in heard.withLock { $0.append(key) } }
            let own = CacheKey("sample", "one", of: Self.asha)
            let other = CacheKey("sample", "one", of: Self.ravi)
            await cache.keep([42], as: other, for: .seconds(60))
            let bytes = try #require(try await pool.ask(RedisCall("GET", other.text)).content)
            for call in [
                RedisCall([Array("SET".utf8), Array(own.text.utf8), bytes]),
                RedisCall("SET", own.text, "anything"), RedisCall("SET", own.text, ""),
                RedisCall("RPUSH", own.text, "a", "b"), RedisCall("HSET", own.text, "a", "b"),
            ] {
                heard.withLock { $0 = [] }
                _ = try await pool.ask(call)
                #expect(await cache.value(of: own) == nil)
                #expect(heard.withLock { $0 } == [own])
                #expect(try await pool.ask(RedisCall("EXISTS", own.text)) == .number(0))
            }
            #expect(await cache.value(of: other) == [42])
            let stranger = try Self.shared(pool, 8) { _ in }
            #expect(await stranger.value(of: other) == nil, "another house at the same Redis reads nothing")
        }
    }
}

extension RedisReply {
    fileprivate var content: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
}
