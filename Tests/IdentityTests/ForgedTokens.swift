import Crypto
import Identity
import Vocabulary

/// Tokens that must not be believed, each with the flaw for which it is refused.
struct ForgedTokens {
    let forge: Forge

    typealias Case = (name: String, token: String, flaw: TokenFlaw)

    var all: [Case] { headers + claims + times + signatures + spellings + shapes }

    private func changed(_ text: String, _ from: String, _ to: String) -> String {
        text.replacing(from, with: to, maxReplacements: 1)
    }

    private var headers: [Case] {
        let kid = forge.issuing.id.text
        let algorithms = [
            "none", "None", "NONE", "nOnE", "", "HS256", "HS384", "HS512", "RS256", "PS256", "ES256",
        ]
        var cases: [Case] = (algorithms + ["ES384", "Ed25519", "eddsa", "EDDSA", "EdDSA ", "Ed448"]).map {
            ("alg \($0)", forge.token(header: changed(forge.header, "EdDSA", $0)), .foreign)
        }
        cases += ["JWT", "jwt", "AT+JWT", "", "application/at+jwt", "dpop+jwt", "at+jwt "].map {
            ("typ \($0)", forge.token(header: changed(forge.header, "at+jwt", $0)), .foreign)
        }
        let extras = [
            #""jku":"https://evil.example/jwks.json""#, #""x5u":"https://evil.example/cert""#,
            #""x5c":"MII""#,
            #""crit":"b64""#, #""zip":"DEF""#, #""cty":"JWT""#, #""b64":"false""#, #""enc":"A256GCM""#,
            #""jwk":"{}""#,
        ]
        cases += extras.map { extra in
            ("header with \(extra)", forge.token(header: changed(forge.header, "{", "{\(extra),")), .foreign)
        }
        cases += [
            ("number in the header", forge.token(header: changed(forge.header, "{", #"{"v":1,"#)), .foreign),
            (
                "embedded key", forge.token(header: changed(forge.header, "{", #"{"jwk":{"kty":"OKP"},"#)),
                .malformed
            ),
            (
                "crit as a list", forge.token(header: changed(forge.header, "{", #"{"crit":["exp"],"#)),
                .malformed
            ),
            ("no kid", forge.token(header: #"{"alg":"EdDSA","typ":"at+jwt"}"#), .malformed),
            ("no alg", forge.token(header: #"{"typ":"at+jwt","kid":"\#(kid)"}"#), .foreign),
            ("no typ", forge.token(header: #"{"alg":"EdDSA","kid":"\#(kid)"}"#), .foreign),
            ("alg null", forge.token(header: #"{"alg":null,"typ":"at+jwt","kid":"\#(kid)"}"#), .malformed),
            ("two algs", forge.token(header: changed(forge.header, "{", #"{"alg":"none","#)), .malformed),
            ("two kids", forge.token(header: changed(forge.header, "{", #"{"kid":"x","#)), .malformed),
            (
                "escaped second alg",
                forge.token(header: changed(forge.header, "{", #"{"\u0061lg":"none","#)), .malformed
            ),
            ("unknown kid", forge.token(header: changed(forge.header, kid, "nobody")), .unknownKey),
            ("kid as a path", forge.token(header: changed(forge.header, kid, "../../dev/null")), .unknownKey),
            ("kid as SQL", forge.token(header: changed(forge.header, kid, "' OR 1=1 --")), .unknownKey),
            ("empty kid", forge.token(header: changed(forge.header, kid, "")), .unknownKey),
            ("kid with NUL", forge.token(header: changed(forge.header, kid, #"\u0000"#)), .malformed),
            ("kid as a number", forge.token(header: #"{"alg":"EdDSA","typ":"at+jwt","kid":1}"#), .malformed),
        ]
        return cases
    }

    private var claims: [Case] {
        var cases: [Case] = ["iss", "aud", "sub", "sid", "jti", "iat", "exp"].map { name in
            (
                "\(name) misnamed", forge.token(claims: changed(forge.claims, "\"\(name)\"", "\"x\"")),
                .malformed
            )
        }
        let tenant = forge.tenant.text, staff = forge.staffMember.text
        let changes: [(String, String, String, TokenFlaw)] = [
            ("another issuer", Forge.issuer, "https://clinics.example.evil", .unfit),
            ("issuer with a slash", Forge.issuer, Forge.issuer + "/", .unfit),
            ("empty issuer", Forge.issuer, "", .unfit),
            ("an appointment's id as a person", staff, changed(staff, "stf_", "apt_"), .malformed),
            ("bare uuid as staff", staff, forge.staffMember.unique.uuidText, .malformed),
            ("staff in capitals", staff, staff.uppercased(), .malformed),
            ("empty staff", staff, "", .malformed),
            ("staff's id as clinic", tenant, staff, .malformed),
            ("clinic's slug", tenant, "sunrise", .malformed),
            ("clinics as a list", "\"\(tenant)\"", "[\"\(tenant)\"]", .malformed),
            ("an unknown claim", "{", #"{"admin":true,"#, .malformed),
            ("a role in the token", "{", #"{"role":"tenant.admin","#, .malformed),
            ("nbf", "{", #"{"nbf":1,"#, .malformed),
            ("sub twice", "{", #"{"sub":"stf_00000000000000000000000000","#, .malformed),
            ("exp as text", "1800003600", "\"1800003600\"", .malformed),
            ("exp null", "1800003600", "null", .malformed),
            ("exp as a fraction", "1800003600", "1800003600.0", .malformed),
            ("exp with an exponent", "1800003600", "18e8", .malformed),
            ("exp beyond 64 bits", "1800003600", "18446744073709551616", .malformed),
            ("exp of NaN", "1800003600", "NaN", .malformed),
            ("trailing comma", "1800003600", "1800003600,", .malformed),
        ]
        cases += changes.map { ($0.0, forge.token(claims: changed(forge.claims, $0.1, $0.2)), $0.3) }
        return cases + [
            ("no claims", forge.token(claims: "{}"), .malformed),
            ("a list", forge.token(claims: "[]"), .malformed),
            ("nothing", forge.token(claims: ""), .malformed),
            ("two objects", forge.token(claims: forge.claims + forge.claims), .malformed),
            ("no UTF-8", forge.token(claims: changed(forge.claims, "stf_", #"\ud800"#)), .malformed),
        ]
    }

    private var times: [Case] {
        func token(iat: String = "1800000000", exp: String = "1800003600") -> String {
            forge.token(
                claims: changed(changed(forge.claims, "1800000000", iat), "1800003600", exp))
        }
        return [
            ("expired this second", token(iat: "1799990000", exp: "1800000000"), .expired),
            ("expired in 1970", token(iat: "0", exp: "1"), .expired),
            ("negative times", token(iat: "-100", exp: "-1"), .expired),
            ("from the future", token(iat: "1800000061"), .unfit),
            ("ends before it begins", token(exp: "1799999999"), .unfit),
            ("no time at all", token(exp: "1800000000"), .unfit),
            ("too long", token(exp: "1800086401"), .unfit),
            ("for ever", token(exp: "9223372036854775807"), .unfit),
            ("since for ever", token(iat: "-9223372036854775808"), .unfit),
        ]
    }

    private var signatures: [Case] {
        let honest = forge.honest
        let parts = honest.split(separator: ".").map(String.init)
        let other = SigningKey()
        let spaced = changed(forge.claims, "{", "{ ")
        return [
            ("another key's signature", forge.token(signer: other), .forged),
            (
                "our signature under other claims", parts[0] + "." + Forge.base64(spaced) + "." + parts[2],
                .forged
            ),
            ("zeroes", parts[0] + "." + parts[1] + "." + String(repeating: "A", count: 86), .forged),
            ("no signature", parts[0] + "." + parts[1] + ".", .malformed),
            ("half a signature", parts[0] + "." + parts[1] + "." + String(parts[2].prefix(43)), .malformed),
            ("a longer signature", honest + "AA", .malformed),
            (
                "HMAC under the public key",
                parts[0] + "." + parts[1] + "."
                    + Forge.base64(
                        Hex.encode(
                            HMAC.sha256(
                                of: Array((parts[0] + "." + parts[1]).utf8),
                                key: forge.key.verifyingKey.rawBytes))),
                .forged
            ),
            ("the claims as header", parts[1] + "." + parts[1] + "." + parts[2], .malformed),
            ("header and claims swapped", parts[1] + "." + parts[0] + "." + parts[2], .malformed),
        ]
    }

    private var spellings: [Case] {
        let honest = forge.honest
        let parts = honest.split(separator: ".").map(String.init)
        return [
            ("padding", honest + "==", .malformed), ("a space before", " " + honest, .malformed),
            ("a line feed after", honest + "\n", .malformed), ("NUL after", honest + "\u{0}", .malformed),
            ("a space inside", parts[0] + " ." + parts[1] + "." + parts[2], .malformed),
            ("standard base64", honest.replacing("-", with: "+").replacing("_", with: "/") + "+", .malformed),
            ("quoted", "\"\(honest)\"", .malformed),
            ("percent-encoded", honest.replacing(".", with: "%2E"), .malformed),
            ("stray last bits", String(honest.dropLast()) + strayed(honest), .malformed),
        ]
    }

    /// The last character of 64 bytes carries four bits; the same four with another, unused bit set.
    private func strayed(_ token: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let value = token.last.flatMap { alphabet.firstIndex(of: $0) } ?? 0
        return String(alphabet[value ^ 1])
    }

    private var shapes: [Case] {
        let honest = forge.honest
        let parts = honest.split(separator: ".").map(String.init)
        return [
            ("empty", "", .malformed), ("a dot", ".", .malformed), ("two dots", "..", .malformed),
            ("one part", parts[0], .malformed), ("two parts", parts[0] + "." + parts[1], .malformed),
            ("four parts", honest + "." + parts[2], .malformed), ("a dot before", "." + honest, .malformed),
            ("a dot after", honest + ".", .malformed),
            ("five parts, as if encrypted", "a.b.c.d.e", .malformed),
            ("twice", honest + honest, .malformed),
            ("too large", honest + String(repeating: "A", count: 2048), .malformed),
            ("an object", forge.claims, .malformed),
            (
                "deep nesting",
                forge.token(claims: String(repeating: "[", count: 500) + String(repeating: "]", count: 500)),
                .malformed
            ),
        ]
    }
}
