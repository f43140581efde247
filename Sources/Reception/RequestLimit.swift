import EndpointKit
import HTTP
import Vocabulary

/// One limit as the reception keeps it.
struct RequestLimit: Sendable {
    /// Whose calls are counted together.
    enum Asker: Sendable { case session, caller, address, everybody }

    /// The numbers of those that hold for every endpoint.
    static let generalOfSession: UInt64 = 0
    static let generalOfAddress: UInt64 = 1
    static let ofPlan: UInt64 = 2

    let number: UInt64
    let asker: Asker
    private let usual: CountedQuota
    /// From where the clinic says that its staff sits.
    private let ofStaffNetwork: CountedQuota

    /// An endpoint's own; a class is counted over all its endpoints.
    init?(_ limit: Limit, of operation: String, scale: LimitScale) {
        switch limit {
        case .none: return nil
        case .perCaller: self.init(limit, number: Self.number(of: operation), name: "caller", scale: scale)
        case .perAddress: self.init(limit, number: Self.number(of: operation), name: "address", scale: scale)
        case .of(let members):
            self.init(
                limit, number: Self.number(of: "class \(members.rawValue)"), name: members.label, scale: scale
            )
        }
    }

    /// Nil where the declaration or the scale sets no limit.
    init?(
        _ limit: Limit, number: UInt64, name: StaticString, scale: LimitScale, asker: Asker? = nil
    ) {
        guard let factor = scale.factor, let (calls, window) = limit.quota else { return nil }
        let (seconds, attoseconds) = window.components
        let milliseconds =
            UInt64(clamping: seconds) * 1000 + UInt64(clamping: attoseconds / 1_000_000_000_000_000)
        usual = CountedQuota(Quota(calls * factor, perMilliseconds: milliseconds), named: name)
        ofStaffNetwork = CountedQuota(
            Quota(calls * factor * limit.staffNetworkFactor, perMilliseconds: milliseconds), named: name)
        if case .perAddress = limit { self.asker = .address } else { self.asker = asker ?? .caller }
        self.number = number
    }

    /// How many calls, and how that is said.
    func quota(of arrival: borrowing Arrival) -> CountedQuota {
        arrival.isFromStaffNetwork ? ofStaffNetwork : usual
    }

    /// Whoever is counted; the address where nobody is known yet.
    func key(of arrival: borrowing Arrival) -> LimitKey {
        LimitKey(limit: number, tenant: arrival.tenant?.id.number ?? 0, asker: who(in: arrival))
    }

    private func who(in arrival: borrowing Arrival) -> LimitKey.Asker {
        switch asker {
        case .everybody: return .everybody
        case .session: if let session = arrival.session { return .session(session) }
        case .caller: if let caller = arrival.caller { return .caller(caller) }
        case .address: break
        }
        return .address(arrival.http.clientAddress.household)
    }

    /// The same in every version of the program that has the endpoint (FNV-1a of its name): instances of two
    /// versions count together while one follows the other.
    private static func number(of operation: String) -> UInt64 {
        operation.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

/// A quota, and the fields that tell callers of it.
struct CountedQuota: Sendable {
    let quota: Quota
    let fields: RateLimitFields

    init(_ quota: Quota, named name: StaticString) {
        (self.quota, fields) = (quota, RateLimitFields(name: name, quota))
    }
}

extension Limit {
    fileprivate var staffNetworkFactor: Int {
        if case .of(let members) = self { members.staffNetworkFactor } else { 1 }
    }
}
