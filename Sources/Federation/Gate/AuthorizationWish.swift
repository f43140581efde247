import Crypto
import HTTP
import JSON
import Vocabulary

/// What a program asks for when it sends somebody to the gate, once it is known to be sound.
struct AuthorizationWish: Equatable, Sendable {
    /// How the person is to be met.
    enum Prompt: String, CaseIterable, Sendable {
        case none, login, consent
        case selectAccount = "select_account"
    }

    let program: ID<TrustedProgram>
    let redirect: String
    let scopes: [OpenIDScope]
    var state: String?
    var nonce: String?
    /// SHA-256 of what the program will show at the token endpoint.
    let challenge: [UInt8]
    var prompts: Set<Prompt> = []
    var maxAge: Duration?

    /// Whether a proof of that moment is young enough for a visit that began then.
    func accepts(provenAt: Instant, begunAt: Instant, now: Instant) -> Bool {
        if prompts.contains(.login) || prompts.contains(.selectAccount), provenAt < begunAt { return false }
        return maxAge.map { now - provenAt <= $0 } ?? true
    }

    /// Where the browser goes back to, with these members: `iss` says who answers (RFC 9207).
    func way(back members: [(String, String)], from issuer: String) -> String {
        Self.way(back: members, to: redirect, state: state, from: issuer)
    }

    static func way(
        back members: [(String, String)], to redirect: String, state: String?, from issuer: String
    ) -> String {
        let all = members + (state.map { [("state", $0)] } ?? []) + [("iss", issuer)]
        return redirect + (redirect.contains("?") ? "&" : "?") + PercentCoding.form(all)
    }
}

/// Why a wish is not sound: told to the program, by way of the browser.
struct AuthorizationRefusal: Error, Equatable {
    let error: OAuthError
    let words: String

    init(_ error: OAuthError, _ words: String) { (self.error, self.words) = (error, words) }
}

/// The parameters as they came.
struct AuthorizationParameters: Sendable {
    var responseType: String?
    var responseMode: String?
    var scope: String?
    var state: String?
    var nonce: String?
    var codeChallenge: String?
    var codeChallengeMethod: String?
    var prompt: String?
    var maxAge: String?
    var request: String?
    var requestURI: String?

    /// The wish, of a program that is known, for an address that is its own.
    func wish(of program: TrustedProgram, to redirect: String) throws(AuthorizationRefusal)
        -> AuthorizationWish
    {
        guard request == nil else { throw .init(.requestNotSupported, "Send plain parameters.") }
        guard requestURI == nil else { throw .init(.requestURINotSupported, "Send plain parameters.") }
        guard let responseType else { throw .init(.invalidRequest, "response_type is missing.") }
        guard responseType == "code" else {
            throw .init(.unsupportedResponseType, "response_type must be code.")
        }
        guard responseMode ?? "query" == "query" else {
            throw .init(.invalidRequest, "response_mode must be query.")
        }
        let scopes = OpenIDScope.all(in: scope ?? "").filter(program.scopes.contains)
        guard scopes.contains(.openID) else { throw .init(.invalidScope, "scope must hold openid.") }
        var wish = AuthorizationWish(
            program: program.id, redirect: redirect, scopes: scopes, challenge: try challenge())
        (wish.state, wish.nonce) = (state, nonce)
        (wish.prompts, wish.maxAge) = (try prompts(), try age())
        return wish
    }

    private func challenge() throws(AuthorizationRefusal) -> [UInt8] {
        guard let codeChallenge else { throw .init(.invalidRequest, "code_challenge is missing.") }
        guard codeChallengeMethod == "S256" else {
            throw .init(.invalidRequest, "code_challenge_method must be S256.")
        }
        guard let digest = Base64URL.decode(codeChallenge.utf8), digest.count == 32 else {
            throw .init(.invalidRequest, "code_challenge must be a SHA-256 in base64url.")
        }
        return digest
    }

    private func prompts() throws(AuthorizationRefusal) -> Set<AuthorizationWish.Prompt> {
        let words = (prompt ?? "").split(separator: " ")
        let known = Set(words.compactMap { AuthorizationWish.Prompt(rawValue: String($0)) })
        guard known.count == Set(words).count else { throw .init(.invalidRequest, "prompt is not known.") }
        guard !known.contains(.none) || known.count == 1 else {
            throw .init(.invalidRequest, "prompt none stands alone.")
        }
        return known
    }

    private func age() throws(AuthorizationRefusal) -> Duration? {
        guard let maxAge else { return nil }
        guard let seconds = UInt32(maxAge), "\(seconds)" == maxAge else {
            throw .init(.invalidRequest, "max_age must be a number of seconds.")
        }
        return .seconds(Int64(seconds))
    }
}

extension AuthorizationWish {
    var json: JSON {
        var members: JSONObject = [
            "program": .string(program.text), "redirect": .string(redirect), "scopes": .string(scopes.text),
            "challenge": .string(Base64URL.text(of: challenge)),
            "prompts": .string(prompts.map(\.rawValue).sorted().joined(separator: " ")),
        ]
        members["state"] = state.map { .string($0) }
        members["nonce"] = nonce.map { .string($0) }
        members["max_age"] = maxAge.map { .integer($0.components.seconds) }
        return .object(members)
    }

    init?(_ json: JSON) {
        guard let program = json["program"]?.stringValue.flatMap({ ID<TrustedProgram>(text: $0) }),
            let redirect = json["redirect"]?.stringValue, let scopes = json["scopes"]?.stringValue,
            let challenge = json["challenge"]?.stringValue.flatMap({ Base64URL.decode($0.utf8) }),
            let prompts = json["prompts"]?.stringValue
        else { return nil }
        self.init(
            program: program, redirect: redirect, scopes: OpenIDScope.all(in: scopes), challenge: challenge)
        (state, nonce) = (json["state"]?.stringValue, json["nonce"]?.stringValue)
        self.prompts = Set(prompts.split(separator: " ").compactMap { Prompt(rawValue: String($0)) })
        maxAge = json["max_age"]?.integerValue.map { .seconds($0) }
    }
}
