import EndpointKit
import HTTP
import Vocabulary

/// How strictly the declared limits are kept.
public struct LimitScale: Sendable {
    let factor: Int?

    /// As the endpoints declare them.
    public static let declared = LimitScale(factor: 1)
    /// So many times as many calls: for a house that knows its callers, or a measurement.
    public static func times(_ factor: Int) -> LimitScale { LimitScale(factor: max(1, factor)) }
    /// Not at all: for a measurement of everything else.
    public static let none = LimitScale(factor: nil)
}

/// The limits that hold for everybody, and the counting of all of them.
struct RequestLimits: Sendable {
    private let limiter: any RateLimiter
    private let ofSession: RequestLimit?
    private let ofAddress: RequestLimit?
    let scale: LimitScale

    /// What one sign-in may call, whatever it calls.
    static let perSession = Limit.perCaller(1_000, per: .seconds(60))
    /// What one address may call of which nobody knows who is behind it.
    static let perAddress = Limit.perAddress(100, per: .seconds(900))

    init(_ limiter: any RateLimiter, scale: LimitScale) {
        (self.limiter, self.scale) = (limiter, scale)
        ofSession = RequestLimit(
            Self.perSession, number: RequestLimit.generalOfSession, name: "session", scale: scale,
            asker: .session)
        ofAddress = RequestLimit(
            Self.perAddress, number: RequestLimit.generalOfAddress, name: "address", scale: scale)
    }

    /// Takes one request from every quota that applies. The endpoint's own comes after the general one: its
    /// state is the one to show. Where nobody is known, an endpoint's own limit stands in for the general
    /// one. The clinic's plan comes last: what its caller's limits refuse costs the others nothing.
    func take(_ own: RequestLimit?, for arrival: inout Arrival, at milliseconds: UInt64) async throws {
        let general = arrival.session == nil ? (own == nil ? ofAddress : nil) : ofSession
        try await takeOne(general, for: &arrival, at: milliseconds)
        try await takeOne(own, for: &arrival, at: milliseconds)
        try await takeOfPlan(for: &arrival, at: milliseconds)
    }

    /// Counts a request that never got as far as its limit, so that guessing tokens and hosts is limited as
    /// well.
    func takeForFailure(of arrival: inout Arrival, at milliseconds: UInt64) async throws {
        guard arrival.allowance == nil else { return }
        try await takeOne(ofAddress, for: &arrival, at: milliseconds)
    }

    /// What the clinic's plan allows all its callers together, if it says so. Its state is shown to whoever
    /// is refused; to others it would tell how busy the clinic is.
    private func takeOfPlan(for arrival: inout Arrival, at milliseconds: UInt64) async throws {
        guard let calls = arrival.planCalls, calls > 0, let factor = scale.factor else { return }
        let quota = Quota(calls * factor, perMilliseconds: 60_000)
        let key = LimitKey(
            limit: RequestLimit.ofPlan, tenant: arrival.tenant?.id.number ?? 0, asker: .everybody)
        let allowance = await ask(key, quota, at: milliseconds)
        guard !allowance.isGranted else { return }
        arrival.allowance = (RateLimitFields(name: "plan", quota), allowance)
        throw Problem.tooManyRequests(retryAfter: allowance.retryAfterSeconds)
    }

    private func takeOne(
        _ limit: RequestLimit?, for arrival: inout Arrival, at milliseconds: UInt64
    ) async throws {
        guard let limit else { return }
        let counted = limit.quota(of: arrival)
        let allowance = await ask(limit.key(of: arrival), counted.quota, at: milliseconds)
        arrival.allowance = (counted.fields, allowance)
        guard allowance.isGranted else {
            throw Problem.tooManyRequests(retryAfter: allowance.retryAfterSeconds)
        }
    }

    /// A limiter that knows the answer is not waited for.
    private func ask(_ key: LimitKey, _ quota: Quota, at milliseconds: UInt64) async -> Allowance {
        if let known = limiter.takeAtOnce(key, quota, now: milliseconds) { return known }
        return await limiter.take(key, quota, now: milliseconds)
    }
}
