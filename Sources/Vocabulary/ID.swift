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
        let prefix = Subject.idPrefix, bytes = Array(String(text).utf8.prefix(64)),
            split = prefix.utf8CodeUnitCount
        guard bytes.count == split + 27, bytes[split] == UInt8(ascii: "_"),
            bytes[..<split].elementsEqual(UnsafeBufferPointer(start: prefix.utf8Start, count: split)),
            let unique = UniqueID(base32: bytes[(split + 1)...])
        else { return nil }
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
    public func write(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let prefix = Subject.idPrefix, split = prefix.utf8CodeUnitCount
        buffer.copyMemory(from: UnsafeRawBufferPointer(start: prefix.utf8Start, count: split))
        buffer[split] = UInt8(ascii: "_")
        unique.writeBase32(to: buffer, at: split + 1)
        return split + 27
    }

    /// The TypeID.
    public var description: String { text }
}

extension UniqueID {
    /// Crockford's alphabet, lower case: no i, l, o or u.
    private static let alphabet: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"

    func writeBase32(to buffer: UnsafeMutableRawBufferPointer, at start: Int) {
        var high = high, low = low
        for place in stride(from: 25, through: 0, by: -1) {
            buffer[start + place] = Self.alphabet.utf8Start[Int(low & 31)]
            (high, low) = (high >> 5, low >> 5 | high << 59)
        }
    }

    /// 26 characters hold 130 bits, so the first must be 7 or less.
    init?(base32 characters: ArraySlice<UInt8>) {
        guard characters.count == 26, let first = characters.first, first <= UInt8(ascii: "7") else {
            return nil
        }
        var high: UInt64 = 0, low: UInt64 = 0
        for character in characters {
            guard let digit = Self.digit(character) else { return nil }
            (high, low) = (high << 5 | low >> 59, low << 5 | digit)
        }
        self.init(high: high, low: low)
    }

    private static func digit(_ character: UInt8) -> UInt64? {
        for value in 0..<32 where alphabet.utf8Start[value] == character { return UInt64(value) }
        return nil
    }
}
