public import HTTP
public import Identity
import JSON
public import Shapes
public import Vocabulary

/// What a sign-in gives out.
public struct SignedIn: Output {
    /// Who has signed in.
    public let person: Person
    /// The sign-in that began.
    public let session: ID<Session>
    /// Shows later that this device was signed in on before.
    public let device: String
    let accessToken: String
    let refreshToken: String
    let accessLifetime: Duration
    let refreshLifetime: Duration
    /// For pages: the tokens then go where no script can read them.
    var inCookies = false

    /// The answer's members.
    public static let shape = OutputShape<SignedIn> {
        Out("access_token", "For `Authorization: Bearer …`; null when it went into a cookie.") {
            $0.inCookies ? nil : $0.accessToken
        }
        Out("token_type", "How it is sent.", example: "Bearer") { _ in "Bearer" }
        Out("expires_in", "Seconds for which the access token counts.", example: 600) {
            Int($0.accessLifetime.components.seconds)
        }
        Out("refresh_token", "For `POST /v1/auth/refresh`, once; null when it went into a cookie.") {
            $0.inCookies ? nil : $0.refreshToken
        }
        Out("refresh_expires_in", "Seconds for which the refresh token counts.", example: 2_592_000) {
            Int($0.refreshLifetime.components.seconds)
        }
        Out("device", "Shows later that this device was signed in on before; sent with a password.") {
            $0.device
        }
        Out("session", "The sign-in, as the list of devices names it.") { $0.session }
        Out("person", "Who has signed in.", example: "stf_01jd3mwqz5e8vsd3yk8yq9p0ra") { $0.person.text }
        Out("kind", "`staff`, `patient` or `support`.", example: "staff") { $0.person.kind.rawValue }
    }

    /// The answer, with its cookies where a page asked for them.
    public var response: HTTPResponse {
        var response = HTTPResponse(status: 200, type: "application/json", body: Array(jsonText.utf8))
        if inCookies { for cookie in cookies { response.fields.add(cookie) } }
        return response
    }

    /// The tokens where no script can read them.
    public var cookies: [SetCookie] {
        [
            (CookieToken.accessName, accessToken, accessLifetime),
            (CookieToken.refreshName, refreshToken, refreshLifetime),
        ].compactMap { name, value, lifetime in
            SetCookie(name: name, value: value, lifetime: lifetime, sameSite: .strict)
        }
    }
}
