/// Sixteen bytes that nobody else has: a UUID of version 7 (RFC 9562), so that ids made later sort later.
public struct UniqueID: Hashable, Comparable, Sendable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// The id with exactly these bits, whatever its version.
    public init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// A new id: 48 bits of milliseconds, 12 bits of the fraction of that millisecond, 62 random bits.
    public init(at instant: Instant, random: UInt64) {
        let milliseconds = instant.milliseconds
        let fraction = UInt64((instant.microseconds - milliseconds * 1000) * 4096 / 1000)
        high = UInt64(truncatingIfNeeded: milliseconds) << 16 | 0x7000 | fraction
        low = random & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// A new id, random from the system's generator.
    public static func random(at instant: Instant) -> UniqueID {
        UniqueID(at: instant, random: .random(in: 0...UInt64.max))
    }

    /// The moment in a version 7 id, to the millisecond.
    public var instant: Instant { Instant(microseconds: Int64(high >> 16) * 1000) }

    /// Made earlier is less.
    public static func < (left: UniqueID, right: UniqueID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension UniqueID: CustomStringConvertible {
    /// Reads the 8-4-4-4-12 hexadecimal form; nil for anything else.
    public init?(uuidText text: some StringProtocol) {
        let bytes = Array(String(text).utf8.prefix(37))
        guard bytes.count == 36 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for (place, byte) in bytes.enumerated() {
            if [8, 13, 18, 23].contains(place) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            halves.0 = halves.0 << 4 | halves.1 >> 60
            halves.1 = halves.1 << 4 | UInt64(digit)
        }
        self.init(high: halves.0, low: halves.1)
    }

    /// The 8-4-4-4-12 hexadecimal form, as FHIR and psql show it.
    public var uuidText: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var place = 0
            for byte in 0..<16 {
                if byte == 4 || byte == 6 || byte == 8 || byte == 10 {
                    buffer[place] = UInt8(ascii: "-")
                    place += 1
                }
                let bits = (byte < 8 ? high : low) >> UInt64(56 - byte % 8 * 8)
                buffer[place] = Self.hexadecimal(bits >> 4 & 15)
                buffer[place + 1] = Self.hexadecimal(bits & 15)
                place += 2
            }
            return place
        }
    }

    private static func hexadecimal(_ nibble: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: nibble < 10 ? 48 + nibble : 87 + nibble)
    }

    /// The 8-4-4-4-12 hexadecimal form.
    public var description: String { uuidText }
}
