import Crypto
import JSON
import Testing
import Vocabulary

@testable import Federation

struct ForeignTokenTests {
    private static let now = Instant(seconds: 1_800_000_000)
    private static let key = SigningKey()

    private static func b64(_ bytes: [UInt8]) -> String {
        Base64URL.text(of: bytes)
    }

    private static func keys(_ entries: [JSON] = [jwk(key)]) throws -> KeySet {
        try #require(KeySet(Array(JSON.object(["keys": .array(entries)]).jsonText.utf8)))
    }

    private static func jwk(_ key: SigningKey, _ more: JSONObject = [:]) -> JSON {
        var members: JSONObject = [
            "kty": "OKP", "crv": "Ed25519", "kid": "k", "x": .string(b64(key.verifyingKey.rawBytes)),
        ]
        for member in more.members { members[member.name] = member.value }
        return .object(members)
    }

    private static func token(
        _ head: JSONObject = ["alg": "EdDSA", "kid": "k"], _ change: (inout JSONObject) -> Void = { _ in }
    ) -> String {
        var said: JSONObject = [
            "iss": "https://i.example", "aud": "clinic", "sub": "s", "iat": .integer(now.seconds),
            "exp": .integer(now.seconds + 60), "nonce": "n", "email": "a@c.example", "email_verified": true,
        ]
        change(&said)
        let parts = [JSON.object(head), .object(said)].map { b64(Array($0.jsonText.utf8)) }
        let signed = parts.joined(separator: ".")
        return signed + "." + b64(key.signature(of: Array(signed.utf8)))
    }

    private static func word(_ text: String, _ keys: KeySet? = nil) throws -> ForeignWord {
        let token = try ForeignToken(text)
        try token.check(signedBy: try keys ?? Self.keys())
        return try token.word(from: "https://i.example", for: "clinic", answering: "n", at: now)
    }

    @Test("an honest token says who it is")
    func honest() throws {
        let word = try Self.word(Self.token())
        #expect(word == ForeignWord(subject: "s", email: "a@c.example", isMailProven: true, methods: []))
        let strong = try Self.word(
            Self.token {
                $0["amr"] = ["pwd", "mfa"]
                ($0["aud"], $0["azp"]) = (["clinic", "x"], "clinic")
            })
        #expect(strong.isTwoFactors)
    }

    @Test(
        "one thing that is wrong is enough",
        arguments: [
            ("iss", "https://j.example", .otherIssuer), ("iss", nil, .otherIssuer),
            ("aud", "other", .otherAudience),
            ("aud", ["clinic", "x"], .otherParty), ("azp", "x", .otherParty), ("nonce", "m", .otherQuestion),
            ("nonce", nil, .otherQuestion), ("exp", .integer(now.seconds - 60), .expired),
            ("exp", nil, .malformed),
            ("exp", "soon", .malformed), ("exp", .integer(.max), .malformed),
            ("exp", .integer(-1), .malformed),
            ("iat", .integer(now.seconds + 61), .notYet), ("iat", nil, .malformed),
            ("nbf", .integer(now.seconds + 61), .notYet), ("nbf", "x", .malformed), ("sub", nil, .malformed),
            ("sub", "", .malformed), ("sub", .integer(5), .malformed),
        ] as [(String, JSON?, IssuerFlaw)])
    func wrong(name: String, value: JSON?, flaw: IssuerFlaw) {
        #expect(throws: flaw) { try Self.word(Self.token { $0[name] = value }) }
    }

    @Test("a clock may be off by a minute, and no more")
    func skew() throws {
        _ = try Self.word(Self.token { $0["exp"] = .integer(Self.now.seconds - 59) })
        _ = try Self.word(Self.token { $0["iat"] = .integer(Self.now.seconds + 60) })
    }

    @Test(
        "the head cannot choose what it is judged by",
        arguments: [
            (["alg": "none"], .foreignAlgorithm), (["alg": "HS256", "kid": "k"], .foreignAlgorithm),
            (["alg": "eddsa", "kid": "k"], .foreignAlgorithm), (["kid": "k"], .foreignAlgorithm),
            (["alg": "EdDSA", "crit": ["exp"]], .foreignAlgorithm),
            (["alg": "EdDSA", "b64": false], .foreignAlgorithm),
            (["alg": "EdDSA", "kid": "other"], .unknownKey), (["alg": "RS256", "kid": "k"], .unknownKey),
        ] as [(JSONObject, IssuerFlaw)])
    func heads(head: JSONObject, flaw: IssuerFlaw) {
        #expect(throws: flaw) { try Self.word(Self.token(head)) }
    }

    @Test("one changed letter, a missing part and another's key are found")
    func forged() throws {
        let token = Self.token()
        #expect(throws: IssuerFlaw.malformed) { try Self.word(token + ".x") }
        #expect(throws: IssuerFlaw.malformed) { try Self.word(token + "=") }
        #expect(throws: IssuerFlaw.malformed) { try Self.word("") }
        #expect(throws: IssuerFlaw.forged) { try Self.word(token, try Self.keys([Self.jwk(SigningKey())])) }
        var other = Self.token { $0["sub"] = "t" }.split(separator: ".")
        other[2] = token.split(separator: ".")[2]
        #expect(throws: IssuerFlaw.forged) { try Self.word(other.joined(separator: ".")) }
    }

    @Test("keys that are not for signing, weak or of other kinds are passed over")
    func keySets() throws {
        let weak = JSON.object([
            "kty": "RSA", "kid": "r", "n": .string(Self.b64([128] + Array(repeating: 1, count: 127))),
            "e": "AQAB",
        ])
        let entries = [
            Self.jwk(Self.key, ["use": "enc"]), Self.jwk(Self.key, ["alg": "ES256"]), weak,
            ["kty": "oct", "k": "AAAA"], ["kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"], "text",
        ]
        #expect(try Self.keys(entries).entries.isEmpty)
        #expect(try Self.keys([Self.jwk(Self.key, ["use": "sig", "alg": "EdDSA"])]).entries.count == 1)
        #expect(KeySet(Array("[]".utf8)) == nil)
        let many = JSON.object(["keys": .array(Array(repeating: Self.jwk(Self.key), count: 65))])
        #expect(KeySet(Array(many.jsonText.utf8)) == nil)
    }

    @Test("a document counts for the issuer that it names, and leads over encryption")
    func metadata() {
        let document = { (change: JSONObject) in
            var members: JSONObject = [
                "issuer": "https://i.example", "authorization_endpoint": "https://i.example/a",
                "token_endpoint": "https://i.example/t?x=1", "jwks_uri": "https://i.example/k",
            ]
            for member in change.members { members[member.name] = member.value }
            return IssuerMetadata(
                Array(JSON.object(members).jsonText.utf8), of: "https://i.example", mayBePlain: false)
        }
        #expect(document([:])?.takesSecretInForm == false)
        #expect(
            document(["token_endpoint_auth_methods_supported": ["client_secret_post"]])?.takesSecretInForm
                == true)
        for wrong: JSONObject in [
            ["issuer": "https://i.example/"], ["token_endpoint": "http://i.example/t"], ["jwks_uri": nil],
            ["authorization_endpoint": "javascript:alert(1)"], ["token_endpoint": "https://u:p@i.example/"],
        ] { #expect(document(wrong) == nil, "\(wrong)") }
    }

    @Test(
        "an address is believed in its own domain alone",
        arguments: [
            ("a@c.example", true), ("A@C.Example", true), ("a@x.c.example", false),
            ("a@c.example.evil", false),
            ("a@evil", false),
        ])
    func domains(email: String, isBelieved: Bool) throws {
        let issuer = TrustedIssuer(
            id: ID(UniqueID(high: 1, low: 1)), name: "W", issuer: "https://i.example", registeredAs: "clinic",
            keepsSecret: true, domains: ["c.example"], coversSecondFactor: false, enabled: true, version: 1,
            createdAt: Self.now)
        let word = ForeignWord(subject: "s", email: email, isMailProven: true, methods: [])
        let believed = try? IssuerReturn.believed(word, by: issuer)
        #expect((believed == "a@c.example") == isBelieved)
        let unproven = ForeignWord(subject: "s", email: email, isMailProven: false, methods: [])
        #expect((try? IssuerReturn.believed(unproven, by: issuer)) == nil)
    }
}
