/// How many requests a key may still make: what the limiter answers and the caller is told.
public struct Allowance: Sendable, Equatable {
    /// Whether this request may pass.
    public let isGranted: Bool
    /// How many more may follow at once.
    public let remaining: Int
    /// Seconds until the whole quota is free again.
    public let resetSeconds: Int
    /// Seconds after which one request will pass again; 0 when this one passed.
    public let retryAfterSeconds: Int

    /// An allowance as a limiter computed it.
    public init(isGranted: Bool, remaining: Int, resetSeconds: Int, retryAfterSeconds: Int) {
        self.isGranted = isGranted
        self.remaining = remaining
        self.resetSeconds = resetSeconds
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// So many requests in so much time.
public struct Quota: Sendable, Hashable {
    /// The requests that pass.
    public let count: Int
    /// The time they are counted over.
    public let windowMilliseconds: UInt64

    /// At least one request, over at least a millisecond.
    public init(_ count: Int, perMilliseconds window: UInt64) {
        self.count = Swift.max(1, Swift.min(count, Int(UInt32.max)))
        self.windowMilliseconds = Swift.max(1, window)
    }
}

/// Counts requests by key. The one in this process is `SlidingWindows`; one that several processes share may
/// step in.
public protocol RateLimiter: Sendable {
    /// Takes one request from the quota of a key, if it still holds one.
    nonisolated(nonsending) func take(_ key: LimitKey, _ quota: Quota, now: UInt64) async -> Allowance
}

/// Whose requests are counted together. The key is keyed by a secret of the process, so nobody can aim at a
/// neighbour.
public struct LimitKey: Sendable, Hashable {
    let fingerprint: UInt64

    /// The key of a limit, a clinic (0: none) and whoever asks there.
    public init(limit: Int, tenant: Int32, asker: some Hashable) {
        var hasher = Hasher()
        hasher.combine(limit)
        hasher.combine(tenant)
        hasher.combine(asker)
        fingerprint = UInt64(bitPattern: Int64(hasher.finalize()))
    }

    init(fingerprint: UInt64) {
        self.fingerprint = fingerprint
    }
}
