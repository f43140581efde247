import Vocabulary

/// A host name as it stood in a request, made comparable: ASCII, lower case, no port, no final dot.
public struct HostName: Hashable, Sendable, CustomStringConvertible {
    /// What remains, the way custom domains are stored.
    public let text: String

    /// Nil where the text cannot be a host name: other characters, empty or overlong labels, punycode that
    /// encodes nothing, an address in brackets, a port that is no number.
    ///
    /// Names in other scripts arrive as punycode (`xn--…`) and are compared, as stored, in that form.
    public init?(field: some StringProtocol) {
        guard let bytes = Self.withoutPort(Array(field.utf8.prefix(270))).map(Self.lowered),
            (1...253).contains(bytes.count),
            bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(
                Self.isLabel)
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// The first label, when the rest is exactly the base domain: the clinic of `asha.localhost` is `asha`.
    func label(below base: HostName) -> Slug? {
        guard text.utf8.count > base.text.utf8.count + 1, text.hasSuffix(base.text) else { return nil }
        let rest = text.dropLast(base.text.utf8.count)
        return rest.hasSuffix(".") ? Slug(text: rest.dropLast()) : nil
    }

    /// Whether it lies anywhere below the base domain, where no clinic can have a domain of its own.
    func isBelow(_ base: HostName) -> Bool { text.hasSuffix("." + base.text) }

    /// The name.
    public var description: String { text }

    private static func withoutPort(_ bytes: [UInt8]) -> [UInt8]? {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return bytes }
        let port = bytes[(colon + 1)...]
        guard port.count <= 5, port.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else {
            return nil
        }
        return Array(bytes[..<colon])
    }

    private static func lowered(_ bytes: [UInt8]) -> [UInt8] {
        let bytes = bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes[...]
        return bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        let isPlain = label.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == hyphen
        }
        guard (1...63).contains(label.count), isPlain, label.first != hyphen, label.last != hyphen else {
            return false
        }
        return !label.starts(with: Array("xn--".utf8)) || Punycode.decodes(label.dropFirst(4))
    }
}
