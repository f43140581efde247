import Crypto
import Identity
import JSON
import Vocabulary

/// What tells a program who has signed in (OpenID Connect Core, 2). Its `typ` is not that of an access token,
/// and its audience is the program: no door of the house opens to it.
struct IDToken: Sendable {
    static let lifetime = Duration.seconds(600)

    let issuer: String
    let program: ID<TrustedProgram>
    let visitor: Visitor
    /// What the program was given with it: by that name it is known when it comes back.
    let family: ID<ProgramSignIn>
    let nonce: String?
    let issuedAt: Instant

    /// The token as it travels: header, content and signature.
    func text(signedBy key: TokenSigner) async -> String {
        var header = JSONWriter(capacity: 96)
        header.object { header in
            header.member("alg", key.algorithm.rawValue)
            header.member("typ", "JWT")
            header.member("kid", key.name)
        }
        let signed = Base64URL.encode(header.bytes) + [UInt8(ascii: ".")] + Base64URL.encode(content)
        let signature = Base64URL.encode(await key.signature(of: signed))
        return String(decoding: signed + [UInt8(ascii: ".")] + signature, as: UTF8.self)
    }

    private var content: [UInt8] {
        var writer = JSONWriter(capacity: 320)
        writer.object { writer in
            writer.member("iss", issuer)
            writer.member("aud", program.text)
            writer.member("sub", visitor.person.text)
            writer.member("sid", family.text)
            writer.member("iat", issuedAt.seconds)
            writer.member("exp", (issuedAt + Self.lifetime).seconds)
            writer.member("auth_time", visitor.provenAt.seconds)
            writer.member("amr", Self.reference(of: visitor.method))
            if let nonce { writer.member("nonce", nonce) }
        }
        return writer.bytes
    }

    /// RFC 8176, as far as it has words for it.
    private static func reference(of method: Session.Method) -> [String] {
        switch method {
        case .code: ["otp"]
        case .password: ["pwd"]
        case .passkey: ["hwk", "user", "mfa"]
        case .openID, .command: []
        }
    }
}
