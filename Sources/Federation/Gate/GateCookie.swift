import Crypto
import HTTP
import Identity
import Vocabulary

/// What the gate keeps in a browser. Other than the house's own tokens these come along when another site
/// leads here, for that is how programs send people.
enum GateCookie {
    private static let browserName = "nadi-browser"
    private static let gateName = "nadi-gate"
    /// How long one sign-in lets somebody through to one program after the other.
    static let lifetime = Duration.seconds(12 * 3600)

    /// What the browser is known by, and the cookie that makes it so where it has none.
    static func browser(of http: HTTPRequest) -> (digest: [UInt8], cookie: SetCookie?) {
        if let value = http.cookie(named: "__Host-" + browserName), value.utf8.count == 43 {
            return (SHA256.digest(of: Array(value.utf8)), nil)
        }
        let value = String(decoding: Base64URL.encode(RandomBytes.make(32)), as: UTF8.self)
        return (
            SHA256.digest(of: Array(value.utf8)),
            SetCookie(name: browserName, value: value, lifetime: .seconds(3600))
        )
    }

    static func gate(of http: HTTPRequest) -> String? { http.cookie(named: "__Host-" + gateName) }

    static func remember(_ token: String) -> SetCookie? {
        SetCookie(name: gateName, value: token, lifetime: lifetime)
    }

    static var forgotten: SetCookie? { SetCookie.removal(of: gateName) }
}
