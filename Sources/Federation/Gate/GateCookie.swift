import Crypto
import HTTP
import Identity
import Vocabulary

/// What the gate keeps in a browser. Other than the house's own tokens these come along when another site
/// leads here, for that is how programs send people.
enum GateCookie {
    private static let browserName = "nadi-browser"
    private static let gateName = "nadi-gate"
    private static let deviceName = "nadi-device"
    /// How long one sign-in lets somebody through to one program after the other.
    static let lifetime = Duration.seconds(12 * 3600)

    /// What the browser is known by, and the cookie that makes it so where it has none.
    static func browser(of http: HTTPRequest) -> (digest: [UInt8], cookie: SetCookie?) {
        if let value = http.cookie(named: "__Host-" + browserName), value.utf8.count == 43 {
            return (SHA256.digest(of: Array(value.utf8)), nil)
        }
        let value = Base64URL.text(of: RandomBytes.make(32))
        return (
            SHA256.digest(of: Array(value.utf8)),
            SetCookie(name: browserName, value: value, lifetime: .seconds(3600))
        )
    }

    /// What an earlier sign-in in this browser left, so that strangers who guess keep nobody out of it.
    static func device(of http: HTTPRequest) -> String? {
        http.cookie(named: "__Host-" + deviceName).flatMap { (1...200).contains($0.utf8.count) ? $0 : nil }
    }

    static func know(_ device: String) -> SetCookie? {
        SetCookie(name: deviceName, value: device, lifetime: .seconds(180 * 86_400), sameSite: .strict)
    }

    static func gate(of http: HTTPRequest) -> String? { http.cookie(named: "__Host-" + gateName) }

    static func remember(_ token: String) -> SetCookie? {
        SetCookie(name: gateName, value: token, lifetime: lifetime)
    }

    /// Nothing of a sign-in is left in the browser; that the device is known stays.
    static var allForgotten: [SetCookie?] {
        [gateName, CookieToken.accessName, CookieToken.refreshName].map { SetCookie.removal(of: $0) }
    }
}
