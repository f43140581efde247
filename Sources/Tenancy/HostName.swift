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
        guard field.utf8.count <= Self.fieldMax, var bytes = Self.withoutPort(Array(field.utf8)) else {
            return nil
        }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard (1...253).contains(bytes.count), Self.lower(&bytes) else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// A name of 253 characters, a final dot and a port.
    private static let fieldMax = 260

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

    /// Makes capitals small; false where the bytes between the dots are not all labels. Every request's host
    /// comes by here, so it is gone through once and no label is made an array of its own.
    private static func lower(_ bytes: inout [UInt8]) -> Bool {
        var start = 0
        for place in bytes.indices {
            switch bytes[place] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                continue
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes[place] += 32
            case UInt8(ascii: "."):
                guard isLabel(bytes[start..<place]) else { return false }
                start = place + 1
            default: return false
            }
        }
        return isLabel(bytes[start...])
    }

    /// Whether small letters, digits and hyphens are a label.
    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen else {
            return false
        }
        // Most labels say with their first letter that they are no punycode.
        return label.first != UInt8(ascii: "x") || !label.starts(with: "xn--".utf8)
            || Punycode.decodes(label.dropFirst(4))
    }
}
