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

/// One limit as the reception keeps it.
struct RequestLimit: Sendable {
    enum Asker: Sendable { case caller, address }

    /// The numbers of the two that hold for every endpoint.
    static let generalOfCaller: UInt64 = 0
    static let generalOfAddress: UInt64 = 1

    /// The same in every version of the program that has the endpoint (FNV-1a of its name): instances of two
    /// versions count together while one follows the other.
    static func number(of operation: String) -> UInt64 {
        operation.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    let number: UInt64
    let asker: Asker
    let quota: Quota
    let fields: RateLimitFields

    /// Nil where the declaration or the scale sets no limit.
    init?(_ limit: Limit, number: UInt64, name: StaticString, scale: LimitScale) {
        guard let factor = scale.factor, let (calls, window) = limit.quota else { return nil }
        let (seconds, attoseconds) = window.components
        let milliseconds =
            UInt64(clamping: seconds) * 1000 + UInt64(clamping: attoseconds / 1_000_000_000_000_000)
        quota = Quota(calls * factor, perMilliseconds: milliseconds)
        if case .perAddress = limit { asker = .address } else { asker = .caller }
        fields = RateLimitFields(name: name, quota)
        self.number = number
    }

    /// Whoever is counted: the caller where one is known, otherwise the address.
    func key(of arrival: borrowing Arrival) -> LimitKey {
        let tenant = arrival.tenant?.id.number ?? 0
        if asker == .caller, let caller = arrival.caller {
            return LimitKey(limit: number, tenant: tenant, asker: .caller(caller))
        }
        return LimitKey(limit: number, tenant: tenant, asker: .address(arrival.http.clientAddress.household))
    }
}

/// The limits that hold for everybody, and the counting of all of them.
struct RequestLimits: Sendable {
    private let limiter: any RateLimiter
    private let ofCaller: RequestLimit?
    private let ofAddress: RequestLimit?
    let scale: LimitScale

    /// A busy desk makes a call a second for each of its people; a clinic's whole staff may share one
    /// address.
    static let perCaller = Limit.perCaller(1_200, per: .seconds(60))
    static let perAddress = Limit.perAddress(6_000, per: .seconds(60))

    init(_ limiter: any RateLimiter, scale: LimitScale) {
        (self.limiter, self.scale) = (limiter, scale)
        ofCaller = RequestLimit(
            Self.perCaller, number: RequestLimit.generalOfCaller, name: "caller", scale: scale)
        ofAddress = RequestLimit(
            Self.perAddress, number: RequestLimit.generalOfAddress, name: "address", scale: scale)
    }

    /// Takes one request from every quota that applies, the endpoint's own last: its state is the one to
    /// show.
    func take(_ own: RequestLimit?, for arrival: inout Arrival, at milliseconds: UInt64) async throws {
        let general = arrival.caller == nil ? ofAddress : ofCaller
        if let general, try !takeAtOnce(general, for: &arrival, at: milliseconds) {
            try await take(general, for: &arrival, at: milliseconds)
        }
        if let own, try !takeAtOnce(own, for: &arrival, at: milliseconds) {
            try await take(own, for: &arrival, at: milliseconds)
        }
    }

    /// Counts a request that never got as far as its limit, so that guessing tokens and hosts is limited as
    /// well.
    func takeForFailure(of arrival: inout Arrival, at milliseconds: UInt64) async throws {
        guard arrival.allowance == nil, let ofAddress else { return }
        try await take(ofAddress, for: &arrival, at: milliseconds)
    }

    private func take(_ limit: RequestLimit, for arrival: inout Arrival, at milliseconds: UInt64) async throws
    {
        let allowance = await limiter.take(limit.key(of: arrival), limit.quota, now: milliseconds)
        try note(allowance, of: limit, in: &arrival)
    }

    /// False where the limiter has to be waited for: then nothing has been taken.
    private func takeAtOnce(
        _ limit: RequestLimit, for arrival: inout Arrival, at milliseconds: UInt64
    ) throws(Problem) -> Bool {
        let allowance = limiter.takeAtOnce(limit.key(of: arrival), limit.quota, now: milliseconds)
        guard let allowance else { return false }
        try note(allowance, of: limit, in: &arrival)
        return true
    }

    private func note(
        _ allowance: Allowance, of limit: RequestLimit, in arrival: inout Arrival
    ) throws(Problem) {
        arrival.allowance = (limit.fields, allowance)
        guard allowance.isGranted else {
            throw Problem.tooManyRequests(retryAfter: allowance.retryAfterSeconds)
        }
    }
}
