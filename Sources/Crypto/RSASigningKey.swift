import COpenSSL

/// An RSA private key of 2048 bits that signs by PKCS #1 v1.5 with SHA-256: for programs that know nothing
/// better. A value of bytes, as `SigningKey` is one.
public struct RSASigningKey: Sendable {
    /// The DER of an RSAPrivateKey, for sealing and storing. Never logged, never sent.
    public let rawBytes: [UInt8]
    /// What the world may know, big-endian; the exponent is 65537.
    public let modulus: [UInt8]

    /// 65537, as keys are published.
    public static let exponent: [UInt8] = [1, 0, 1]

    /// A new key. That takes a good part of a second: never on a loop.
    public static func make() -> RSASigningKey {
        var count = Int(NADI_RSA_DER_BYTES_MAX)
        let bytes = filled(count) { insist(nadi_rsa_make($0, &count), "RSA") }
        let der = Array(bytes[..<count])
        guard let key = try? RSASigningKey(rawBytes: der) else {
            preconditionFailure("OpenSSL failed: a key that it made is none")
        }
        return key
    }

    /// A key read back from its bytes.
    public init(rawBytes: [UInt8]) throws(CryptoFault) {
        var isKey: Int32 = 0
        modulus = filled(Int(NADI_RSA_MODULUS_BYTES)) {
            isKey = nadi_rsa_modulus(rawBytes, rawBytes.count, $0)
        }
        guard isKey == 1 else { throw .malformedKey }
        self.rawBytes = rawBytes
    }

    /// The 256 bytes that prove this key has seen `message`. That takes half a millisecond and more, as long
    /// as a dozen requests: never on a loop.
    public func signature(of message: [UInt8]) -> [UInt8] {
        filled(Int(NADI_RSA_MODULUS_BYTES)) {
            insist(nadi_rs256_sign(rawBytes, rawBytes.count, message, message.count, $0), "RSA")
        }
    }
}
