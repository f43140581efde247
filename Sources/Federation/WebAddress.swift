import HTTP

/// An address that somebody else gave us, in the one spelling that no two parsers read differently. It knows
/// fewer spellings than a parser of URLs, on purpose.
struct WebAddress: Equatable {
    let scheme: Substring
    /// Without the brackets that an IPv6 address stands in.
    let host: Substring
    /// From the first slash or question mark on.
    let rest: Substring

    /// Nil for letters that are not plain, for whoever signs in within an address, for fragments, and for
    /// hosts and ports that are not spelled the usual way.
    init?(_ text: String) {
        guard text.utf8.count <= 2048, Self.isPlain(text), !text.contains("#"),
            let mark = text.firstRange(of: "://")
        else { return nil }
        let authority = text[mark.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@"), !authority.contains("%"), !authority.contains("*") else { return nil }
        let (host, port) = Self.split(authority)
        guard Self.isHost(host, isBracketed: authority.hasPrefix("[")), Self.isPort(port) else { return nil }
        (scheme, self.host) = (text[..<mark.lowerBound], host)
        rest = text[authority.endIndex...]
    }

    /// Visible ASCII without what pages, headers and other systems read as grammar.
    static func isPlain(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !#""\<>^`{|}"#.utf8.contains($0) }
    }

    private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            let rest = authority[authority.index(after: end)...]
            return (authority[..<end].dropFirst(), rest.isEmpty ? nil : rest.dropFirst())
        }
        guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    private static func isPort(_ text: Substring?) -> Bool {
        guard let text else { return true }
        return UInt16(text).map { $0 > 0 && text == "\($0)" } ?? false
    }

    private static func isHost(_ host: Substring, isBracketed: Bool) -> Bool {
        if isBracketed { return IPAddress(String(host)).map { !$0.isIPv4 } ?? false }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.utf8.count <= 253 && labels.allSatisfy(isLabel)
    }

    /// In small letters: two spellings of one host would be two issuers.
    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
