/// Numbers that look random and are the same on every run for the same seed (SplitMix64), so that what fails
/// once can be made to fail again.
public struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The beginning of a row of numbers; another seed begins another one.
    public init(seed: UInt64) { state = seed }

    /// The next number of the row.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
