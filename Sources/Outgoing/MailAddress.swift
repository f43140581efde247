/// An address that mail can be sent to. There is no way to make one that holds a line break, a bracket or a
/// second address.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    /// `asha@mitra.example`
    public let text: String

    /// Nil when it is not one plain ASCII address of at most 254 bytes.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy(Self.isLocalPart), Self.isDomain(parts[1])
        else { return nil }
        self.text = String(text)
    }

    /// What follows the sign.
    public var domain: String {
        String(text[text.index(after: text.firstIndex(of: "@") ?? text.startIndex)...])
    }

    /// The address.
    public var description: String { text }

    /// The dot-atom's letters of RFC 5322; quoted local parts are not for clinics.
    private static func isLocalPart(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
    }

    private static func isDomain(_ text: some StringProtocol) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte &- 48 < 10 || (byte | 32) &- 97 < 26
    }
}

/// An address with a person's or a clinic's name.
public struct Mailbox: Sendable {
    /// As people call them; any text, since it is encoded where it is written.
    public let name: String
    /// The address.
    public let address: MailAddress

    /// A named address.
    public init(name: String, address: MailAddress) { (self.name, self.address) = (name, address) }
}
