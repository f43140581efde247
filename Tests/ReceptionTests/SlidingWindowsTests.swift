import TestKit
import Testing
import Vocabulary

@testable import Reception

@Suite("The limiter") struct SlidingWindowsTests {
    let key = LimitKey(limit: 1, tenant: 7, asker: .sample("asha"))
    let perMinute = Quota(30, perMilliseconds: 60_000)

    @Test("lets exactly the quota pass, and says how many are left")
    func quota() {
        let limiter = SlidingWindows(keysMax: 1024)
        for left in stride(from: 29, through: 0, by: -1) {
            let allowance = limiter.count(key, perMinute, now: 5_000)
            #expect(allowance.isGranted)
            #expect(allowance.remaining == left)
            #expect(allowance.retryAfterSeconds == 0)
        }
        let refused = limiter.count(key, perMinute, now: 5_000)
        #expect(!refused.isGranted)
        #expect(refused.remaining == 0)
    }

    @Test(
        "grants one request after exactly the time it named, and none a second before",
        arguments: [1, 2, 7, 30])
    func retryAfter(count: Int) {
        let limiter = SlidingWindows(keysMax: 1024)
        let quota = Quota(count, perMilliseconds: 60_000)
        for _ in 0..<count { #expect(limiter.count(key, quota, now: 1_000).isGranted) }
        let wait = limiter.count(key, quota, now: 1_000).retryAfterSeconds
        #expect(!limiter.count(key, quota, now: 1_000 + UInt64(wait - 1) * 1000).isGranted)
        #expect(limiter.count(key, quota, now: 1_000 + UInt64(wait) * 1000).isGranted)
    }

    @Test("a refusal costs nothing: whoever keeps asking is not locked out for longer")
    func refusalsAreFree() {
        let limiter = SlidingWindows(keysMax: 1024)
        let quota = Quota(20, perMilliseconds: 1_000)
        var granted = 0
        for now in stride(from: UInt64(0), to: 10_000, by: 10)
        where limiter.count(key, quota, now: now).isGranted {
            granted += 1
        }
        #expect((180...210).contains(granted))
    }

    @Test("no stretch of time sees twice the quota, whatever the rhythm", arguments: 0..<20)
    func burst(seed: Int) {
        var random = Chance(seed: UInt64(seed) + 1)
        let limiter = SlidingWindows(keysMax: 1024)
        let quota = Quota(10, perMilliseconds: 1_000)
        var now: UInt64 = 0
        var granted: [UInt64] = []
        for _ in 0..<2_000 {
            now += random.next() % 40
            if limiter.count(key, quota, now: now).isGranted { granted.append(now) }
        }
        for (index, start) in granted.enumerated() {
            #expect(granted[index...].prefix { $0 < start + 1_000 }.count < 20)
        }
        #expect(Double(granted.count) <= Double(now) / 1_000 * 10 + 10)
    }

    @Test("a loop whose clock lags does not reopen the window")
    func laggingClock() {
        let limiter = SlidingWindows(keysMax: 1024)
        let quota = Quota(1, perMilliseconds: 60_000)
        #expect(limiter.count(key, quota, now: 1_000).isGranted)
        #expect(!limiter.count(key, quota, now: 990).isGranted)
    }

    @Test("clinics, askers and limits are counted apart")
    func keysAreApart() {
        let limiter = SlidingWindows(keysMax: 1024)
        let once = Quota(1, perMilliseconds: 60_000)
        let keys = [
            key, LimitKey(limit: 2, tenant: 7, asker: .sample("asha")),
            LimitKey(limit: 1, tenant: 8, asker: .sample("asha")),
            LimitKey(limit: 1, tenant: 7, asker: .sample("ravi")),
        ]
        for key in keys { #expect(limiter.count(key, once, now: 1).isGranted) }
        for key in keys { #expect(!limiter.count(key, once, now: 1).isGranted) }
    }

    @Test("a flood of addresses neither grows the memory nor frees whoever is refused")
    func flood() {
        let limiter = SlidingWindows(keysMax: 1024)
        let abuser = LimitKey(limit: 1, tenant: 0, asker: .sample("abuser"))
        for _ in 0..<30 { _ = limiter.count(abuser, perMinute, now: 1) }
        for address in 0..<200_000 {
            _ = limiter.count(LimitKey(limit: 1, tenant: 0, asker: .sample("\(address)")), perMinute, now: 2)
        }
        #expect(!limiter.count(abuser, perMinute, now: 3).isGranted)
    }

    @Test("64 callers at once share one quota exactly")
    func parallel() async {
        let limiter = SlidingWindows()
        let quota = Quota(1_000, perMilliseconds: 60_000)
        let granted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<64 {
                group.addTask { @concurrent in
                    (0..<100).count { _ in limiter.count(key, quota, now: 10).isGranted }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(granted == 1_000)
    }
}

extension LimitKey.Asker {
    /// Somebody, told apart by a name.
    static func sample(_ name: String) -> Self {
        .caller(UniqueID(high: 0, low: UInt64(bitPattern: Int64(name.hashValue))))
    }
}
