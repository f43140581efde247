/// An address of a server as an operator writes it down: scheme, name and password, host, port, path, query.
/// What stands between the signs is percent-decoded, so that a password may hold any sign.
public struct ServerURL: Sendable, Hashable {
    /// In small letters.
    public let scheme: String
    /// What to sign in with.
    public let name: String?
    /// Its password.
    public let password: String?
    /// Without brackets and without the port; empty where the scheme's own is meant: `twilio://SID:TOKEN@`.
    public let host: String
    /// The port, if one is named.
    public let port: UInt16?
    /// From the first slash on; empty without one.
    public let path: String
    /// The query's members.
    public let query: [String: String]

    /// Nil for anything that is not `scheme://host…`, and for control characters anywhere.
    public init?(_ text: String) {
        guard text.utf8.count <= 8192, text.utf8.allSatisfy({ $0 > 32 && $0 != 127 }),
            let mark = text.firstSeparator("://")
        else { return nil }
        let rest = text[mark.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let (place, asked) = Self.split(rest[authority.endIndex...], at: "?")
        let at = authority.lastIndex(of: "@")
        let (name, password) = Self.split(at.map { authority[..<$0] } ?? "", at: ":")
        let hostPort = at.map { authority[authority.index(after: $0)...] } ?? authority
        guard let (host, port) = Self.host(hostPort) else { return nil }
        scheme = text[..<mark.lowerBound].lowercased()
        (self.host, self.port, self.path) = (host, port, String(place))
        self.name = name.isEmpty ? nil : Self.decoded(name)
        self.password = password.map(Self.decoded)
        query = Self.members(asked ?? "")
    }

    private static func split(_ text: Substring, at sign: Character) -> (Substring, Substring?) {
        guard let index = text.firstIndex(of: sign) else { return (text, nil) }
        return (text[..<index], text[text.index(after: index)...])
    }

    private static func host(_ text: Substring) -> (String, UInt16?)? {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            let port = UInt16(rest.dropFirst())
            guard rest.isEmpty || port != nil else { return nil }
            return (String(text[text.index(after: text.startIndex)..<end]), port)
        }
        let (host, digits) = split(text, at: ":")
        guard let digits else { return (decoded(host), nil) }
        return UInt16(digits).map { (decoded(host), $0) }
    }

    private static func members(_ text: Substring) -> [String: String] {
        var members: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let (name, value) = split(pair, at: "=")
            members[decoded(name)] = decoded(value ?? "")
        }
        return members
    }

    private static func decoded(_ text: Substring) -> String {
        let source = Array(text.utf8)
        var (bytes, index): ([UInt8], Int) = ([], 0)
        while index < source.count {
            let digits = source[index...].dropFirst().prefix(2)
            if source[index] == UInt8(ascii: "%"), digits.count == 2,
                let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    fileprivate func firstSeparator(_ sign: String) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(sign) { return index..<self.index(index, offsetBy: sign.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
