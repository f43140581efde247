import Crypto
public import HTTP
public import Vocabulary

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

/// Counts requests by key: `SlidingWindows` in this process, `SharedWindows` in all that share a Redis.
public protocol RateLimiter: Sendable {
    /// Takes one request from the quota of a key, if it still holds one.
    nonisolated(nonsending) func take(_ key: LimitKey, _ quota: Quota, now: UInt64) async -> Allowance
    /// The same for a limiter that knows the answer without waiting; nil, and nothing taken, where it does
    /// not.
    func takeAtOnce(_ key: LimitKey, _ quota: Quota, now: UInt64) -> Allowance?
}

extension RateLimiter {
    /// By default somebody else has to be asked.
    public func takeAtOnce(_ key: LimitKey, _ quota: Quota, now: UInt64) -> Allowance? { nil }
}

/// Whose requests are counted together: a limit, a clinic, and whoever asks there.
public struct LimitKey: Sendable, Hashable {
    /// Who asks.
    public enum Asker: Sendable, Hashable {
        case caller(UniqueID)
        case session(UniqueID)
        case address(IPAddress)
        /// Everybody of the clinic together.
        case everybody
    }

    let limit: UInt64
    let tenant: Int32
    let asker: Asker

    /// The key of a limit by its name, a clinic (0: none) and whoever asks there.
    public init(limit: UInt64, tenant: Int32, asker: Asker) {
        (self.limit, self.tenant, self.asker) = (limit, tenant, asker)
    }

    /// Keyed by a secret of the process, so nobody can aim at a neighbour.
    var fingerprint: UInt64 { UInt64(bitPattern: Int64(hashValue)) }

    /// The same in every instance that has the key, and nobody's name or address to anyone else.
    func sharedText(under key: [UInt8]) -> String {
        let who =
            switch asker {
            case .caller(let id): "caller \(id.uuidText)"
            case .session(let id): "session \(id.uuidText)"
            case .address(let address): "address \(address)"
            case .everybody: "everybody"
            }
        let mac = HMAC.sha256(of: Array("\(limit) \(tenant) \(who)".utf8), key: key)
        return "\(tenant):\(Hex.encode(Array(mac.prefix(16))))"
    }
}
