import Synchronization

/// Rate limits of one process: two counters a key, the older one weighing less as its window slides away.
///
/// The memory is fixed from the first moment: sets of eight places, found by the key. When a set is full, the
/// place that says least makes room, so a flood of new keys can never wash out one that is being refused.
public final class SlidingWindows: RateLimiter {
    private let shards: [Shard]

    /// Room for so many keys, rounded up to a power of two; each costs 32 bytes.
    public init(keysMax: Int = 65_536) {
        let perShard = max(1, keysMax / (Shard.count * PlaceSet.places))
        let sets = 1 << (Int.bitWidth - (perShard - 1).leadingZeroBitCount)
        shards = (0..<Shard.count).map { _ in Shard(sets: sets) }
    }

    /// Takes one request from the quota of a key, if it still holds one; never waits.
    public nonisolated(nonsending) func take(_ key: LimitKey, _ quota: Quota, now: UInt64) async -> Allowance
    {
        count(key, quota, now: now)
    }

    /// The same: whatever it needs is in this process.
    public func takeAtOnce(_ key: LimitKey, _ quota: Quota, now: UInt64) -> Allowance? {
        count(key, quota, now: now)
    }

    /// As `take`, for whoever need not wait.
    public func count(_ key: LimitKey, _ quota: Quota, now: UInt64) -> Allowance {
        let fingerprint = key.fingerprint
        return shards[Int(fingerprint >> 60) % Shard.count].sets.withLock { sets in
            let index = Int(truncatingIfNeeded: fingerprint) & (sets.count - 1)
            return sets[index].take(fingerprint, quota, now: now)
        }
    }
}

/// A part of the keys with a lock of its own, so that loops rarely meet.
private final class Shard: Sendable {
    static let count = 16
    let sets: Mutex<[PlaceSet]>

    init(sets: Int) {
        self.sets = Mutex(Array(repeating: PlaceSet(), count: sets))
    }
}

/// Eight places that the same keys compete for.
private struct PlaceSet {
    static let places = 8
    var windows: InlineArray<8, SlidingWindow> = .init(repeating: SlidingWindow())

    mutating func take(_ fingerprint: UInt64, _ quota: Quota, now: UInt64) -> Allowance {
        let index = place(of: fingerprint, now: now)
        if windows[index].fingerprint != fingerprint {
            windows[index] = SlidingWindow(fingerprint: fingerprint)
        }
        return windows[index].take(quota, now: now)
    }

    private func place(of fingerprint: UInt64, now: UInt64) -> Int {
        var least = 0
        for index in windows.indices {
            if windows[index].fingerprint == fingerprint { return index }
            if windows[index].weight(now: now) < windows[least].weight(now: now) { least = index }
        }
        return least
    }
}

/// The requests of one key in this window and in the one before.
struct SlidingWindow {
    var fingerprint: UInt64 = 0
    private var opened: UInt64 = 0
    private var length: UInt32 = 0
    private var current: UInt32 = 0
    private var previous: UInt32 = 0

    init(fingerprint: UInt64 = 0) {
        self.fingerprint = fingerprint
    }

    /// Counters that were counted elsewhere.
    init(current: UInt32, previous: UInt32) {
        (self.current, self.previous) = (current, previous)
    }

    /// How much is lost when this place is given to another key.
    func weight(now: UInt64) -> UInt32 {
        guard length > 0, now < opened + 2 * UInt64(length) else { return 0 }
        return max(current, previous)
    }

    mutating func take(_ quota: Quota, now: UInt64) -> Allowance {
        // Each loop reads its own clock; one that lags must not reopen a window that another has opened.
        let now = max(now, opened)
        slide(to: now, quota)
        let window = quota.windowMilliseconds
        let elapsed = min(now - opened, window)
        let used = Int(current) + Self.share(of: previous, left: window - elapsed, window: window)
        let isGranted = used < quota.count
        if isGranted { current += 1 }
        return allowance(quota, elapsed: elapsed, isGranted: isGranted)
    }

    /// What the counters say when the window has been open for so long.
    func allowance(_ quota: Quota, elapsed: UInt64, isGranted: Bool) -> Allowance {
        let window = quota.windowMilliseconds
        let used = Int(current) + Self.share(of: previous, left: window - elapsed, window: window)
        let wait = isGranted ? 0 : milliseconds(untilFree: quota, elapsed: elapsed)
        return Allowance(
            isGranted: isGranted, remaining: max(0, quota.count - used),
            resetSeconds: Self.seconds(window - elapsed + (current > 0 ? window : 0)),
            retryAfterSeconds: isGranted ? 0 : max(1, Self.seconds(wait)))
    }

    /// A window opens with its first request, so a quiet key always has its whole quota.
    private mutating func slide(to now: UInt64, _ quota: Quota) {
        let window = quota.windowMilliseconds
        guard length > 0, now < opened + 2 * window else {
            (opened, length, current, previous) = (now, UInt32(clamping: window), 0, 0)
            return
        }
        guard now >= opened + window else { return }
        (opened, previous, current) = (opened + window, current, 0)
    }

    /// When the counters have fallen so far that one more request fits.
    private func milliseconds(untilFree quota: Quota, elapsed: UInt64) -> UInt64 {
        let window = quota.windowMilliseconds
        if current < quota.count {
            return Self.fall(of: previous, to: quota.count - 1 - Int(current), window: window) - elapsed
        }
        return window - elapsed + Self.fall(of: current, to: quota.count - 1, window: window)
    }

    /// The part of the window before that still counts: rounded up, so that a limit is never exceeded by a
    /// fraction.
    private static func share(of count: UInt32, left: UInt64, window: UInt64) -> Int {
        Int((UInt64(count) * left + window - 1) / window)
    }

    /// After how much of a window a count weighs no more than `target`.
    private static func fall(of count: UInt32, to target: Int, window: UInt64) -> UInt64 {
        guard count > 0, target < Int(count) else { return 0 }
        let kept = UInt64(max(0, target)) * window / UInt64(count)
        return window - kept
    }

    private static func seconds(_ milliseconds: UInt64) -> Int {
        Int((milliseconds + 999) / 1000)
    }
}
