public import Crypto
import JSON

/// A signing key's name: the thumbprint of its public half (RFC 7638), so that a name can never mean two
/// keys.
public struct KeyID: Hashable, Sendable {
    /// 43 characters of base64url.
    public let text: String

    /// The name of this very key.
    public init(of key: VerifyingKey) {
        var writer = JSONWriter(capacity: 96)
        writer.object { writer in
            writer.member("crv", "Ed25519")
            writer.member("kty", "OKP")
            writer.member("x", Self.point(of: key))
        }
        text = String(decoding: Base64URL.encode(SHA256.digest(of: writer.bytes)), as: UTF8.self)
    }

    /// The key as JSON Web Keys write it.
    static func point(of key: VerifyingKey) -> String {
        String(decoding: Base64URL.encode(key.rawBytes), as: UTF8.self)
    }
}
