import Vocabulary

/// Chance that is the same on every machine for the same seed (SplitMix64): no demo differs from its
/// neighbour's.
struct DemoDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    /// One of the elements; there must be some.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(next() % UInt64(elements.count))]
    }

    mutating func number(_ range: Range<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    /// An id that looks as if it had been made then.
    mutating func id<Subject>(at instant: Instant) -> ID<Subject> {
        ID(UniqueID(at: instant, random: next()))
    }
}
