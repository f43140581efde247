/// The one secret an installation keeps (`NADI_SECRET`). It never encrypts anything itself:
/// each purpose gets a key of its own, so that no two purposes can be played against each other.
public struct Secret: Sendable {
    /// Shorter secrets are guessable.
    public static let minimumBytes = 32

    private let bytes: [UInt8]

    /// A secret of at least `minimumBytes` bytes.
    public init(rawBytes: [UInt8]) throws(CryptoFault) {
        guard rawBytes.count >= Self.minimumBytes else { throw .malformedKey }
        bytes = rawBytes
    }

    /// The key that seals for one purpose.
    public func sealingKey(for purpose: StaticString) -> SealingKey {
        SealingKey(trusted: key(for: purpose))
    }

    /// The key that names blocks for one purpose.
    public func blockKey(for purpose: StaticString) -> BlockKey { BlockKey(trusted: key(for: purpose)) }

    /// 32 bytes for one purpose: the first block of HKDF-Expand (RFC 5869) with the purpose as its info.
    public func key(for purpose: StaticString) -> [UInt8] {
        let info = purpose.withUTF8Buffer { [UInt8]($0) }
        return HMAC.sha256(of: info + [1], key: bytes)
    }
}
