import Crypto

/// The public key of a passkey as the authenticator gave it (RFC 9052), for one of the three algorithms that
/// everybody's authenticators know.
struct PasskeyKey: Hashable, Sendable {
    /// The algorithms by their COSE numbers, the best first: EdDSA, ES256, RS256.
    static let algorithms: [Int64] = [-8, -7, -257]

    /// The key.
    let key: ForeignKey

    /// Reads a COSE key; the algorithm must be the one that fits the kind of key.
    init(_ cose: CBOR) throws(PasskeyFlaw) {
        guard let kind = cose[1]?.integerValue, let algorithm = cose[3]?.integerValue else {
            throw .unknownKey
        }
        do {
            switch (kind, algorithm) {
            case (1, -8): key = try Self.edwards(cose)
            case (2, -7): key = try Self.elliptic(cose)
            case (3, -257): key = try Self.rsa(cose)
            default: throw CryptoFault.malformedKey
            }
        } catch { throw .unknownKey }
    }

    /// Reads the bytes that were kept.
    init(bytes: [UInt8]) throws(PasskeyFlaw) {
        guard let cose = try? CBOR(parsing: bytes) else { throw .unknownKey }
        try self.init(cose)
    }

    private static func edwards(_ cose: CBOR) throws(CryptoFault) -> ForeignKey {
        guard cose[-1] == .integer(6), let x = cose[-2]?.bytesValue else { throw .malformedKey }
        return .edDSA(try VerifyingKey(rawBytes: x))
    }

    private static func elliptic(_ cose: CBOR) throws(CryptoFault) -> ForeignKey {
        guard cose[-1] == .integer(1), let x = cose[-2]?.bytesValue, let y = cose[-3]?.bytesValue else {
            throw .malformedKey
        }
        return try .es256(x: x, y: y)
    }

    private static func rsa(_ cose: CBOR) throws(CryptoFault) -> ForeignKey {
        guard let n = cose[-1]?.bytesValue, let e = cose[-2]?.bytesValue else { throw .malformedKey }
        return try .rs256(n: n, e: e)
    }
}
