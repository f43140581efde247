extension HTTPRequest {
    /// The value of the client's cookie of that name, the first one when it sends several.
    public func cookie(named name: String) -> String? {
        for pair in self[.cookie]?.split(separator: ";") ?? [] {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, String(decoding: parts[0].utf8.trimmed, as: UTF8.self) == name else {
                continue
            }
            let value = parts[1].utf8.trimmed
            let isQuoted = value.count >= 2 && value.first == 34 && value.last == 34
            return String(decoding: isQuoted ? value.dropFirst().dropLast() : value, as: UTF8.self)
        }
        return nil
    }
}

/// A cookie for the client to keep. There is one kind: bound to this very host (`__Host-`), sent over TLS
/// only, invisible to scripts. A cookie of another clinic's subdomain can thus neither be read nor planted.
public struct SetCookie: Sendable {
    /// When a browser sends the cookie along with a request that another site caused.
    public enum SameSite: String, Sendable {
        case strict = "Strict"
        case lax = "Lax"
    }

    fileprivate let text: String

    /// nil when name or value hold bytes that a cookie cannot.
    public init?(name: String, value: String, lifetime: Duration?, sameSite: SameSite = .lax) {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte), value.utf8.allSatisfy(Self.isValueByte)
        else { return nil }
        let age = lifetime.map { "; Max-Age=\(max(0, $0.components.seconds))" } ?? ""
        text = "__Host-\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=\(sameSite.rawValue)\(age)"
    }

    /// Makes the client forget the cookie.
    public static func removal(of name: String) -> SetCookie? {
        SetCookie(name: name, value: "", lifetime: .zero)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.asciiLowercased &- 97 < 26 || byte == 45 || byte == 95
    }

    private static func isValueByte(_ byte: UInt8) -> Bool {
        (33...126).contains(byte) && byte != 34 && byte != 44 && byte != 59 && byte != 92
    }
}

extension ResponseFields {
    /// Adds a cookie.
    public mutating func add(_ cookie: SetCookie) { add(.setCookie, cookie.text) }
}
