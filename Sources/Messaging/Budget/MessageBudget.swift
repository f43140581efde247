import Crypto
public import Vocabulary

/// How many messages a clinic may send by a channel on a day.
public struct MessageBudget: Identified, Sendable {
    /// `mbg_…`
    public static let idPrefix: StaticString = "mbg"

    let channel: MessageChannel
    let day: Day
    /// The smaller one of what the gateway and what the clinic allow.
    let most: Int

    /// From so many messages on people are told that little is left.
    var warningFrom: Int { most - most / 5 }

    /// The same for the same clinic, channel and day.
    func id(in tenant: TenantID) -> ID<MessageBudget> {
        let name = "message budget \(tenant.number) \(channel.rawValue) \(day.number)"
        let digest = SHA256.digest(of: Array(name.utf8))
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return ID(UniqueID(at: Instant(seconds: Int64(day.number) * 86_400), random: number))
    }
}
