import COpenSSL

/// A public key that somebody else holds the private half of: an authenticator's, another provider's. Its
/// kind decides the algorithm; what a message says about itself is not asked.
public enum ForeignKey: Hashable, Sendable {
    /// Ed25519.
    case edDSA(VerifyingKey)
    /// P-256 with SHA-256: the uncompressed point, 65 bytes.
    case es256(point: [UInt8])
    /// RSA PKCS #1 v1.5 with SHA-256: modulus and exponent, big-endian without leading zeros.
    case rs256(modulus: [UInt8], exponent: [UInt8])

    /// Shorter moduli can be factored, longer ones only keep us busy: 2048 to 4096 bits.
    public static let modulusBytes = 256...512

    /// A P-256 key of its two coordinates.
    public static func es256(x: [UInt8], y: [UInt8]) throws(CryptoFault) -> ForeignKey {
        guard x.count == 32, y.count == 32 else { throw .malformedKey }
        return .es256(point: [4] + x + y)
    }

    /// An RSA key whose sizes are sound.
    public static func rs256(n: [UInt8], e: [UInt8]) throws(CryptoFault) -> ForeignKey {
        guard modulusBytes.contains(n.count), let first = n.first, first >= 128, let last = n.last,
            last & 1 == 1, e == [1, 0, 1]
        else { throw .malformedKey }
        return .rs256(modulus: n, exponent: e)
    }

    /// How an ECDSA signature is written down.
    public enum PairForm: Sendable {
        /// As ASN.1 has it: authenticators, certificates.
        case der
        /// Both numbers one after the other, 32 bytes each: JSON Web Signatures.
        case plain
    }

    /// Whether the private half of this key has signed exactly `message`.
    public func accepts(_ signature: [UInt8], of message: [UInt8], pairs: PairForm) -> Bool {
        switch self {
        case .edDSA(let key): return key.accepts(signature, of: message)
        case .es256(let point):
            guard point.count == 65, signature.count <= 72 else { return false }
            guard pairs == .plain else {
                return nadi_es256_verify(point, message, message.count, signature, signature.count) == 1
            }
            return signature.count == 64
                && nadi_es256_verify_plain(point, message, message.count, signature) == 1
        case .rs256(let modulus, let exponent):
            return signature.count == modulus.count
                && nadi_rs256_verify(
                    modulus, modulus.count, exponent, exponent.count, message, message.count, signature,
                    signature.count) == 1
        }
    }
}
