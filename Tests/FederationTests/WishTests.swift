import Testing
import Vocabulary

@testable import Federation

struct WishTests {
    private static let program = TrustedProgram(
        id: ID(UniqueID(high: 1, low: 1)), name: "Intranet", redirects: ["https://p.example/cb"],
        scopes: [.openID, .email], signOutRedirects: [], algorithm: .edDSA, keepsSecret: true, version: 1,
        createdAt: Instant(seconds: 0))
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    private static func parameters(_ change: (inout AuthorizationParameters) -> Void = { _ in })
        -> AuthorizationParameters
    {
        var parameters = AuthorizationParameters(
            responseType: "code", scope: "openid email phone x", state: "s", nonce: "n",
            codeChallenge: challenge, codeChallengeMethod: "S256")
        change(&parameters)
        return parameters
    }

    @Test("a sound wish is what was asked for, within what the program may know")
    func sound() throws {
        let wish = try Self.parameters { ($0.prompt, $0.maxAge) = ("login consent", "60") }
            .wish(of: Self.program, to: "https://p.example/cb")
        #expect(wish.scopes == [.openID, .email])
        #expect(wish.prompts == [.login, .consent] && wish.maxAge == .seconds(60))
        #expect(wish.challenge.count == 32 && wish.state == "s" && wish.nonce == "n")
        #expect(AuthorizationWish(wish.json) == wish)
    }

    @Test(
        "what is not sound is refused in OAuth's words",
        arguments: [
            ("request", .requestNotSupported), ("requestURI", .requestURINotSupported),
            ("noType", .invalidRequest), ("token", .unsupportedResponseType), ("mode", .invalidRequest),
            ("noScope", .invalidScope), ("noChallenge", .invalidRequest), ("plain", .invalidRequest),
            ("noMethod", .invalidRequest), ("short", .invalidRequest), ("prompt", .invalidRequest),
            ("noneAndLogin", .invalidRequest), ("age", .invalidRequest), ("plusAge", .invalidRequest),
        ] as [(String, OAuthError)])
    func unsound(what: String, error: OAuthError) {
        let parameters = Self.parameters { parameters in
            switch what {
            case "request": parameters.request = "e30."
            case "requestURI": parameters.requestURI = "https://x.example"
            case "noType": parameters.responseType = nil
            case "token": parameters.responseType = "token"
            case "mode": parameters.responseMode = "fragment"
            case "noScope": parameters.scope = "email"
            case "noChallenge": parameters.codeChallenge = nil
            case "plain": parameters.codeChallengeMethod = "plain"
            case "noMethod": parameters.codeChallengeMethod = nil
            case "short": parameters.codeChallenge = String(Self.challenge.dropLast(4))
            case "prompt": parameters.prompt = "often"
            case "noneAndLogin": parameters.prompt = "none login"
            case "age": parameters.maxAge = "soon"
            default: parameters.maxAge = "+1"
            }
        }
        let refusal = #expect(throws: AuthorizationRefusal.self) {
            try parameters.wish(of: Self.program, to: "https://p.example/cb")
        }
        #expect(refusal?.error == error)
    }

    @Test("a sign-in is fresh enough as login and max_age have it")
    func freshness() throws {
        let begun = Instant(seconds: 1000), now = begun + .seconds(30)
        let plain = try Self.parameters().wish(of: Self.program, to: "https://p.example/cb")
        #expect(plain.accepts(provenAt: Instant(seconds: 0), begunAt: begun, now: now))
        var login = plain
        login.prompts = [.login]
        #expect(!login.accepts(provenAt: begun - .seconds(1), begunAt: begun, now: now))
        #expect(login.accepts(provenAt: begun + .seconds(1), begunAt: begun, now: now))
        var young = plain
        young.maxAge = .seconds(60)
        #expect(!young.accepts(provenAt: now - .seconds(61), begunAt: begun, now: now))
        #expect(young.accepts(provenAt: now - .seconds(60), begunAt: begun, now: now))
    }

    @Test("the way back keeps the program's own query, and nothing breaks out of a value")
    func wayBack() {
        let way = AuthorizationWish.way(
            back: [("error", "a b&c")], to: "https://p.example/cb?x=1", state: "s=\n#ä",
            from: "x")
        #expect(
            way
                == "https://p.example/cb?x=1&error=a%20b%26c&state=s%3D%0A%23%C3%A4&iss=x"
        )
    }

    @Test(
        "addresses to which codes may go",
        arguments: [
            "https://program.example.org/callback", "https://p.example:8443/cb?x=1", "http://127.0.0.1:7777/",
            "http://localhost/cb", "http://[::1]:8080/cb", "org.example.desk:/signed-in",
        ])
    func taken(address: String) { #expect(RedirectAddress.flaw(of: address) == nil) }

    @Test(
        "addresses to which no code goes",
        arguments: [
            "http://program.example.org/cb", "https://program.example.org/cb#x", "https://u@p.example/cb",
            "https://p.example\\@evil.example/", "https://*.example.org/", "https://P.example/cb",
            "javascript:alert(1)",
            "data:text/html,x", "desk:/cb", "org.example.desk://host/cb", "https://p.ex%61mple/cb",
            "https://-p.example/",
            "https://p..example/", "https:///cb", "https://p.example:0/", "https://p.example:99999/",
            "/callback",
            "https://p.example/a b", "https://p.example/\"", "https://127.0.0.1.evil.example:x/",
            "http://127.1/",
            "org.example.:/x", "https://p.example/<script>",
        ])
    func refused(address: String) { #expect(RedirectAddress.flaw(of: address) != nil) }

    @Test(
        "a page to go on to is a path of this very host",
        arguments: [
            ("/", true), ("/docs?x=1", true), ("//evil.example", false), ("/\\evil.example", false),
            ("docs", false),
            ("https://evil.example", false), ("/a b", false), ("/\u{7}", false),
        ])
    func pages(path: String, isPage: Bool) { #expect(GateTicket.isPage(path) == isPage) }
}
