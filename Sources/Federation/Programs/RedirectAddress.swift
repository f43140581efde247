/// What an address may look like to which codes are sent: RFC 9700 and, for programs on somebody's own
/// machine, RFC 8252.
enum RedirectAddress {
    private static let ownMachine: Set<Substring> = ["127.0.0.1", "::1", "localhost"]

    /// Why it cannot be one, to finish "must …"; nil when it can.
    static func flaw(of text: String) -> String? {
        guard (8...2048).contains(text.utf8.count) else { return "have 8 to 2048 letters" }
        if let address = WebAddress(text) {
            if address.scheme == "https" { return nil }
            guard address.scheme == "http" else { return Self.schemes }
            return ownMachine.contains(address.host) ? nil : "be https, but on the person's own machine"
        }
        return isPrivate(text) ? nil : Self.schemes
    }

    private static let schemes = "begin with https://, or a program's own scheme such as org.example.desk:/"

    /// `org.example.desk:/signed-in`: a scheme that is a domain written backwards, which no two programs
    /// share.
    private static func isPrivate(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, WebAddress.isPlain(text), !text.contains("#") else { return false }
        let isScheme = parts[0].utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "+.-".utf8.contains($0)
        }
        let isNamed = parts[0].first?.isLetter == true && parts[0].contains(".") && !parts[0].hasSuffix(".")
        return isScheme && isNamed && parts[1].hasPrefix("/") && !parts[1].hasPrefix("//")
    }
}
