import Synchronization
import Vocabulary

/// Names for requests: as unique as random ones and without a call into the kernel for each.
final class RequestNumbers: Sendable {
    private let drawn: Atomic<UInt64>

    init() {
        drawn = Atomic(UInt64.random(in: 0...UInt64.max))
    }

    func next(at now: Instant) -> UniqueID {
        UniqueID(
            at: now, random: Self.mixed(drawn.wrappingAdd(0x9e37_79b9_7f4a_7c15, ordering: .relaxed).newValue)
        )
    }

    /// The finalizer of SplitMix64: a bijection, so numbers that differ stay different.
    private static func mixed(_ state: UInt64) -> UInt64 {
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
