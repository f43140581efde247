/// Something that rows point at: its ids begin with its own prefix, so that no id can be taken for another's.
public protocol Identified {
    /// A few lower-case letters: `apt` for appointments.
    static var idPrefix: StaticString { get }
}

/// An identifier that remembers what it identifies. On the wire it is a TypeID: prefix, underscore, 26
/// characters of Crockford's base 32.
public struct ID<Subject: Identified>: Hashable, Comparable, Sendable {
    /// The sixteen bytes, as the database holds them.
    public let unique: UniqueID

    /// The id with exactly these bytes.
    public init(_ unique: UniqueID) { self.unique = unique }

    /// A new id.
    public static func random(at instant: Instant) -> ID { ID(.random(at: instant)) }

    /// Made earlier is less.
    public static func < (left: ID, right: ID) -> Bool { left.unique < right.unique }
}

extension ID: CustomStringConvertible {
    /// Reads a TypeID of this very kind; nil for another prefix, other lengths, capitals, or letters outside
    /// the alphabet.
    public init?(text: some StringProtocol) {
        var text = String(text)
        let unique = text.withUTF8 { UniqueID(typeID: $0, prefix: Subject.idPrefix) }
        guard let unique else { return nil }
        self.init(unique)
    }

    /// `apt_01jxyz…`.
    public var text: String {
        let length = Subject.idPrefix.utf8CodeUnitCount + 27
        return String(unsafeUninitializedCapacity: length) { buffer in
            write(to: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// Writes `text` and returns how many bytes it took (prefix and 27): the hot path's way, without a
    /// String.
    @discardableResult
    @inlinable
    public func write(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let prefix = Subject.idPrefix, split = prefix.utf8CodeUnitCount
        buffer.copyMemory(from: UnsafeRawBufferPointer(start: prefix.utf8Start, count: split))
        buffer[split] = UInt8(ascii: "_")
        unique.writeBase32(to: UnsafeMutableRawBufferPointer(rebasing: buffer[(split + 1)...]))
        return split + 27
    }

    /// The TypeID.
    public var description: String { text }
}

extension UniqueID {
    /// Crockford's alphabet, lower case: no i, l, o or u.
    private static let alphabet: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"

    /// Every two letters, so that ten bits at a time are looked up.
    private static let pairs: [(UInt8, UInt8)] = (0..<1024).map { bits in
        (alphabet.utf8Start[bits >> 5], alphabet.utf8Start[bits & 31])
    }

    /// How long `writeBase32` is.
    public static let base32Length = 26

    /// Writes what follows the prefix in a TypeID, and says how long it is.
    @discardableResult
    public func writeBase32(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        Self.pairs.withUnsafeBufferPointer { pairs in
            // The last twelve letters are the low word's; the two before them take six bits of the high word.
            Self.write(low, from: 24, downTo: 14, pairs, buffer)
            Self.write(low >> 60 | high << 4, from: 12, downTo: 12, pairs, buffer)
            Self.write(high >> 6, from: 10, downTo: 0, pairs, buffer)
        }
        return Self.base32Length
    }

    @inline(__always)
    private static func write(
        _ bits: UInt64, from last: Int, downTo first: Int,
        _ pairs: UnsafeBufferPointer<(UInt8, UInt8)>, _ buffer: UnsafeMutableRawBufferPointer
    ) {
        var (bits, place) = (bits, last)
        while place >= first {
            (buffer[place], buffer[place + 1]) = pairs[Int(truncatingIfNeeded: bits & 1023)]
            (bits, place) = (bits >> 10, place - 2)
        }
    }

    /// 26 characters hold 130 bits, so the first must be 7 or less.
    init?(typeID text: UnsafeBufferPointer<UInt8>, prefix: StaticString) {
        let split = prefix.utf8CodeUnitCount
        guard text.count == split + 27, text[split] == UInt8(ascii: "_"),
            text[..<split].elementsEqual(UnsafeBufferPointer(start: prefix.utf8Start, count: split)),
            text[split + 1] <= UInt8(ascii: "7")
        else { return nil }
        var high: UInt64 = 0, low: UInt64 = 0
        for character in text[(split + 1)...] {
            guard let digit = Self.digit(character) else { return nil }
            (high, low) = (high << 5 | low >> 59, low << 5 | digit)
        }
        self.init(high: high, low: low)
    }

    private static func digit(_ character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "h"): UInt64(character) - 87
        case UInt8(ascii: "j"), UInt8(ascii: "k"): UInt64(character) - 88
        case UInt8(ascii: "m"), UInt8(ascii: "n"): UInt64(character) - 89
        case UInt8(ascii: "p")...UInt8(ascii: "t"): UInt64(character) - 90
        case UInt8(ascii: "v")...UInt8(ascii: "z"): UInt64(character) - 91
        default: nil
        }
    }
}
