public import Crypto
import JSON

/// A signing key's name: the thumbprint of its public half (RFC 7638), so that a name can never mean two
/// keys.
public struct KeyID: Hashable, Sendable {
    /// 43 characters of base64url.
    public let text: String

    /// The name of this very key.
    public init(of key: VerifyingKey) {
        self.init([("crv", "Ed25519"), ("kty", "OKP"), ("x", Base64URL.text(of: key.rawBytes))])
    }

    init(of key: RSASigningKey) { self.init(ofModulus: key.modulus) }

    init(ofModulus modulus: [UInt8]) {
        self.init([
            ("e", Base64URL.text(of: RSASigningKey.exponent)), ("kty", "RSA"),
            ("n", Base64URL.text(of: modulus)),
        ])
    }

    /// What has to be there of such a key, in the order of the alphabet.
    private init(_ members: [(StaticString, String)]) {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            for (name, value) in members { writer.member(name, value) }
        }
        text = Base64URL.text(of: SHA256.digest(of: writer.bytes))
    }
}
