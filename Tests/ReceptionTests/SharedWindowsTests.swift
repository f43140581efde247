import Crypto
import EventLoop
import HTTP
import Redis
import Telemetry
import TestKit
import Testing

@testable import Reception

/// Instances of the program, as their limiters see them, at one Redis.
@Suite("Limits that instances share", .serialized) struct SharedWindowsTests {
    static let key = LimitKey(limit: 1, tenant: 7, asker: .sample("asha"))
    static let perMinute = Quota(30, perMilliseconds: 60_000)

    private static func instances(_ count: Int, at pool: RedisPool) throws -> [SharedWindows] {
        let secret = try Secret(rawBytes: Array(repeating: 5, count: 32))
        return (0..<count).map { _ in SharedWindows(pool, under: secret, metrics: Metrics()) }
    }

    /// How many of so many requests pass, spread over the instances and all at once.
    private static func granted(
        _ requests: Int, by limiters: [any RateLimiter], on loops: [EventLoop], _ quota: Quota = perMinute,
        _ key: LimitKey = key
    ) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<requests {
                group.addTask(executorPreference: loops[number % loops.count]) {
                    await limiters[number % limiters.count].take(key, quota, now: 1_000).isGranted
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    /// Redis has remembered for longer than any window.
    private static func age(_ pool: RedisPool) async throws {
        #expect(try await pool.ask(RedisCall("SET", "nadi:founded", "1000")) == .word("OK"))
    }

    /// What every limiter does, wherever it counts.
    static func conforms(_ limiter: any RateLimiter) async {
        for left in stride(from: 29, through: 0, by: -1) {
            let allowance = await limiter.take(key, perMinute, now: 5_000)
            #expect(allowance.isGranted && allowance.remaining == left && allowance.retryAfterSeconds == 0)
        }
        let refused = await limiter.take(key, perMinute, now: 5_000)
        #expect(!refused.isGranted && refused.remaining == 0)
        #expect((115...120).contains(refused.resetSeconds) && (55...62).contains(refused.retryAfterSeconds))
        for other in [
            LimitKey(limit: 2, tenant: 7, asker: .sample("asha")),
            LimitKey(limit: 1, tenant: 8, asker: .sample("asha")),
            LimitKey(limit: 1, tenant: 7, asker: .sample("ravi")),
            LimitKey(limit: 1, tenant: 7, asker: .address(.loopback)),
        ] { #expect(await limiter.take(other, perMinute, now: 5_000).isGranted) }
    }

    @Test("behave as those of one process do, which are held to the same sentences")
    func conformance() async throws {
        await Self.conforms(SlidingWindows(keysMax: 1024))
        try await RedisServer.withPool { _, pool, _ in
            try await Self.age(pool)
            await Self.conforms(try Self.instances(1, at: pool)[0])
        }
    }

    @Test("let exactly the quota pass when 400 requests come at once to four instances on two loops")
    func exact() async throws {
        try await RedisServer.withPool(loops: 2) { _, pool, loops in
            try await Self.age(pool)
            let limiters = try Self.instances(4, at: pool)
            #expect(
                await Self.granted(400, by: limiters, on: loops, Quota(100, perMilliseconds: 60_000)) == 100)
        }
    }

    @Test("slide: a window's end frees as many as it held, and no more")
    func sliding() async throws {
        try await RedisServer.withPool { _, pool, loops in
            try await Self.age(pool)
            let limiter = try Self.instances(1, at: pool)
            let quota = Quota(10, perMilliseconds: 4_000)
            #expect(await Self.granted(20, by: limiter, on: loops, quota) == 10)
            try await loops[0].sleep(for: .milliseconds(4_020))
            var late = 0
            for _ in 0..<10 {
                let shared = try await SharedWindow.take(
                    Self.key.sharedText(
                        under: Secret(rawBytes: Array(repeating: 5, count: 32)).key(for: "shared limits")),
                    count: quota.count, windowMilliseconds: quota.windowMilliseconds, from: pool)
                late += shared.isGranted ? 1 : 0
            }
            #expect(late < 5, "what has only just left the window still weighs")
        }
    }

    @Test(
        "are never relaxed, whatever happens to Redis in the middle",
        arguments: ["killed", "frozen", "emptied", "poisoned", "reset", "inflated"])
    func faults(fault: String) async throws {
        try await RedisServer.withPool(patience: .seconds(1)) { server, pool, loops in
            try await Self.age(pool)
            let limiters = try Self.instances(3, at: pool)
            let quota = Quota(30, perMilliseconds: 60_000)
            // The first time only the last sees three.
            for _ in 0..<2 {
                for (number, limiter) in limiters.enumerated() { await limiter.announce(as: "\(number)") }
            }
            var passed = await Self.granted(15, by: limiters, on: loops, quota)
            #expect(passed == 15)
            let name = try await pool.ask(RedisCall("KEYS", "nadi:limit:*")).members?.first?.text ?? ""
            switch fault {
            case "killed": server.stop()
            case "frozen": server.freeze()
            case "emptied": _ = try await pool.ask(RedisCall("FLUSHALL"))
            case "poisoned":
                _ = try await pool.ask(RedisCall("DEL", name, "nadi:instances", "nadi:founded"))
                for planted in [name, "nadi:instances", "nadi:founded"] {
                    #expect(try await pool.ask(RedisCall("RPUSH", planted, "x")) == .number(1))
                }
            case "reset": _ = try await pool.ask(RedisCall("SET", name, "1 -5 nothing"))
            default: _ = try await pool.ask(RedisCall("SET", name, "99999999999999 0 0"))
            }
            let began = ContinuousClock.now
            for _ in 0..<10 { passed += await Self.granted(9, by: limiters, on: loops, quota) }
            let time = ContinuousClock.now - began
            #expect(passed <= 30, "\(passed) passed")
            #expect(time < .seconds(5), "waiting for each would take ten: \(time)")
        }
    }

    @Test("are shared again when Redis is back")
    func back() async throws {
        try await RedisServer.withPool(patience: .seconds(2)) { server, pool, loops in
            let limiters = try Self.instances(2, at: pool)
            server.freeze()
            #expect(await Self.granted(4, by: limiters, on: loops) == 4)
            server.thaw()
            try await server.untilAnswered(by: pool)
            try await Self.age(pool)
            #expect(
                await Self.granted(100, by: limiters, on: loops) == 30, "the twins held four of the thirty")
        }
    }
}
