/// A name that can stand in a host: 1 to 63 of a–z, 0–9 and inner hyphens (RFC 1035's label, lower case).
public struct Slug: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The letters.
    public let text: String

    /// Nil when it could not be a label of a host, or would be taken for punycode.
    public init?(text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(64))
        let isLabel = bytes.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard (1...63).contains(bytes.count), isLabel, !text.hasPrefix("-"), !text.hasSuffix("-"),
            !text.hasPrefix("xn--")
        else { return nil }
        self.text = String(text)
    }

    /// By letters.
    public static func < (left: Slug, right: Slug) -> Bool { left.text < right.text }

    /// The letters.
    public var description: String { text }
}
