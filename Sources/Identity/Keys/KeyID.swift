public import Crypto
import JSON

/// A signing key's name: the thumbprint of its public half (RFC 7638), so that a name can never mean two
/// keys.
public struct KeyID: Hashable, Sendable {
    /// 43 characters of base64url.
    public let text: String

    /// The name of this very key.
    public init(of key: VerifyingKey) {
        self.init([("crv", "Ed25519"), ("kty", "OKP"), ("x", Self.text(key.rawBytes))])
    }

    init(of key: RSASigningKey) { self.init(ofModulus: key.modulus) }

    init(ofModulus modulus: [UInt8]) {
        self.init([("e", Self.text(RSASigningKey.exponent)), ("kty", "RSA"), ("n", Self.text(modulus))])
    }

    /// What has to be there of such a key, in the order of the alphabet.
    private init(_ members: [(StaticString, String)]) {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            for (name, value) in members { writer.member(name, value) }
        }
        text = Self.text(SHA256.digest(of: writer.bytes))
    }

    /// Bytes as JSON Web Keys write them.
    static func text(_ bytes: [UInt8]) -> String { String(decoding: Base64URL.encode(bytes), as: UTF8.self) }
}
