import Synchronization

/// Counts who is inside, over all loops.
final class Door: Sendable {
    private struct Counts {
        var all = 0
        var byAddress: [IPAddress: Int] = [:]
    }

    private let counts = Mutex(Counts())
    private let allMax: Int
    private let perAddressMax: Int

    init(allMax: Int, perAddressMax: Int) { (self.allMax, self.perAddressMax) = (allMax, perAddressMax) }

    func enter(_ address: IPAddress, isExempt: Bool) -> Bool {
        let key = Self.key(address)
        return counts.withLock { counts in
            let present = counts.byAddress[key, default: 0]
            guard counts.all < allMax, isExempt || present < perAddressMax else { return false }
            counts.all += 1
            counts.byAddress[key] = present + 1
            return true
        }
    }

    func leave(_ address: IPAddress) {
        let key = Self.key(address)
        counts.withLock { counts in
            counts.all -= 1
            let present = counts.byAddress[key, default: 1] - 1
            counts.byAddress[key] = present > 0 ? present : nil
        }
    }

    /// A home gets a /64: its single addresses say nothing.
    private static func key(_ address: IPAddress) -> IPAddress {
        address.household
    }
}
