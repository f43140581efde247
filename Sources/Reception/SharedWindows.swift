public import Crypto
import EventLoop
public import Redis
import Synchronization
public import Telemetry

/// Rate limits that all instances count together in Redis, and that hold without it.
///
/// The twin in this process counts every request as well. It has the last word: whatever Redis says, or
/// whoever writes there, this instance never lets more pass than the quota. While Redis does not answer, or
/// does not remember the whole window, an instance keeps to its share, the quota divided by the instances
/// lately seen: together they let no more pass than they would have with it.
public final class SharedWindows: RateLimiter {
    private let pool: RedisPool
    private let key: [UInt8]
    private let twin = SlidingWindows()
    private let instances = Atomic<Int>(1)
    private let most = Mutex((count: 1, seenAt: ContinuousClock.now))
    private let fallbacks: Counter
    private let instancesGauge: Gauge

    /// Counts in Redis under names that only holders of the secret can make.
    public init(_ pool: RedisPool, under secret: Secret, metrics: Metrics) {
        self.pool = pool
        key = secret.key(for: "shared limits")
        fallbacks = metrics.counter(
            "nadi_limit_fallbacks_total", "Requests counted by this instance alone: Redis did not answer.")
        instancesGauge = metrics.gauge("nadi_instances", "Instances that share limits, as lately seen.")
        instancesGauge.set(1)
    }

    /// Takes one request from the quota of a key, if all instances together still hold one.
    public nonisolated(nonsending) func take(_ key: LimitKey, _ quota: Quota, now: UInt64) async -> Allowance
    {
        let shared = try? await SharedWindow.take(
            key.sharedText(under: self.key), count: quota.count, windowMilliseconds: quota.windowMilliseconds,
            from: pool)
        guard let shared else {
            fallbacks.add()
            return twin.count(key, share(of: quota), now: now)
        }
        guard shared.isGranted else { return shared.allowance(quota) }
        let own = twin.count(key, shared.isWhole ? quota : share(of: quota), now: now)
        return own.isGranted ? shared.allowance(quota) : own
    }

    private func share(of quota: Quota) -> Quota {
        Quota(
            quota.count / instances.load(ordering: .relaxed), perMilliseconds: quota.windowMilliseconds)
    }
}

extension SharedWindows {
    /// How often an instance says that it lives.
    private static let pulse = Duration.seconds(5)
    /// How long the largest number of instances is remembered: an emptied Redis must not make each believe
    /// that it is alone.
    private static let memory = Duration.seconds(900)

    /// Says that this instance lives, and learns how many others do, until its task is cancelled. Run it on a
    /// loop.
    public func announce() async {
        let name = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        while !Task.isCancelled {
            await announce(as: name)
            guard (try? await EventLoop.current?.sleep(for: Self.pulse)) != nil else { return }
        }
    }

    /// Says it once. Where Redis does not answer, as many live as before.
    func announce(as name: String) async {
        guard let count = try? await Instances.announce(name, to: pool) else { return }
        let now = ContinuousClock.now
        let seen = most.withLock { most in
            if count >= most.count || most.seenAt + Self.memory < now { most = (count, now) }
            return most.count
        }
        instances.store(seen, ordering: .relaxed)
        instancesGauge.set(seen)
    }
}

extension SharedWindow {
    fileprivate func allowance(_ quota: Quota) -> Allowance {
        SlidingWindow(current: current, previous: previous)
            .allowance(quota, elapsed: elapsedMilliseconds, isGranted: isGranted)
    }
}
