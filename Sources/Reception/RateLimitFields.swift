import HTTP

/// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): which quota applies, and what
/// is left of it.
struct RateLimitFields: Sendable {
    /// `"caller";q=30;w=60`, the same for every answer of an endpoint.
    let policy: String
    private let prefix: String

    init(name: StaticString, _ quota: Quota) {
        prefix = "\"\(name)\";r="
        policy = "\"\(name)\";q=\(quota.count);w=\(max(1, (quota.windowMilliseconds + 999) / 1000))"
    }

    /// Adds both; the second is `"caller";r=29;t=60`.
    func add(_ allowance: Allowance, to fields: inout ResponseFields) {
        fields.add(.rateLimitPolicy, policy)
        fields.add(.rateLimit, prefix, allowance.remaining, ";t=", allowance.resetSeconds)
    }
}
