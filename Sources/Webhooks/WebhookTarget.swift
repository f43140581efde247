import HTTP

/// What an address that a clinic gives may look like.
///
/// The guard looks at every address before it is connected to; this refuses at once what can be seen in the
/// text, so that nobody waits a day for a delivery that could never arrive. It knows fewer spellings than a
/// parser of URLs, on purpose: what two parsers could read differently is refused.
struct WebhookTarget: Sendable {
    /// Blocks that development opened beside the public internet; without encryption, too.
    let opened: [AddressBlock]

    /// Names that some network resolves for itself.
    private static let privateSuffixes = [
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa",
        "onion", "invalid",
    ]

    /// Why the address cannot be taken, to finish "must …"; nil when it can.
    func flaw(of text: String) -> String? {
        guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }) else {
            return "consist of visible ASCII characters"
        }
        guard let mark = text.firstRange(of: "://"), isKnown(text[..<mark.lowerBound]) else {
            return "begin with https://"
        }
        guard !text.contains("#") else { return "have no fragment" }
        let authority = text[mark.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@"), !authority.contains("%") else { return "name a host alone" }
        let (host, port) = Self.split(authority)
        if let port, !isOpen(port) { return "have port 443, or one from 1024 to 65535" }
        if let address = IPAddress(String(host)), opened.contains(where: { $0.contains(address) }) {
            return nil
        }
        // What stands in brackets is an address, and no name.
        return !authority.hasPrefix("[") && Self.isPublicName(host)
            ? nil : "name a host of the public internet, by its name"
    }

    private func isKnown(_ scheme: Substring) -> Bool {
        scheme == "https" || scheme == "http" && !opened.isEmpty
    }

    private func isOpen(_ port: Substring) -> Bool {
        guard let number = UInt16(port), port == "\(number)" else { return false }
        return number == 443 || number >= 1024
    }

    private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            let rest = authority[authority.index(after: end)...]
            return (authority[..<end].dropFirst(), rest.isEmpty ? nil : rest.dropFirst())
        }
        guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    /// At least two labels, the last of which begins with a letter: no spelling of an address does.
    private static func isPublicName(_ host: Substring) -> Bool {
        let labels = host.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, labels.count > 1, labels.allSatisfy(isLabel), let last = labels.last
        else { return false }
        return last.first?.isLetter == true && !privateSuffixes.contains(String(last))
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
}
