import Vocabulary

/// Where the ids of a clinic's own rows come from: chance, or, for clinics that are shown and not lived in,
/// a seed, so that whoever seeds twice can name the same rows twice.
public struct IDSource: Sendable {
    private let seed: UInt64?

    /// Ids that nobody can foretell.
    public static let chance = IDSource(seed: nil)

    /// The same ids for the same seed and day.
    public static func seeded(_ seed: UInt64) -> IDSource { IDSource(seed: seed) }

    /// A source for one part of what this one names; equal names in two parts get different ids.
    func part(_ name: String) -> IDSource { IDSource(seed: seed.map { Self.digest(of: name, from: $0) }) }

    func id(of name: String, at now: Instant) -> UniqueID {
        guard let seed else { return .random(at: now) }
        let midnight = Instant(seconds: Int64(Day(containingUTC: now).number) * 86_400)
        return UniqueID(at: midnight, random: Self.digest(of: name, from: seed))
    }

    /// FNV-1a, stirred once more, since ids keep the lower bits only. It hides nothing and need not.
    private static func digest(of name: String, from seed: UInt64) -> UInt64 {
        var word = name.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
