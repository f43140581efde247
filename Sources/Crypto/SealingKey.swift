import COpenSSL

/// An AES-256-GCM key: what it seals stays secret and cannot be altered unnoticed.
/// Nonces are random, so one key should not seal more than 2³² times.
public struct SealingKey: Sendable {
    /// How much longer than its content a sealed box is: nonce and tag.
    public static let overheadBytes = nonceBytes + tagBytes
    static let nonceBytes = 12
    static let tagBytes = 16

    let bytes: [UInt8]

    /// A key of exactly 32 bytes.
    public init(rawBytes: [UInt8]) throws(CryptoFault) {
        guard rawBytes.count == 32 else { throw .malformedKey }
        bytes = rawBytes
    }

    init(trusted rawBytes: [UInt8]) {
        bytes = rawBytes
    }

    /// Nonce, ciphertext and tag in one. `context` is not in the box, but the box opens only with the same
    /// one: what was sealed for one row, tenant or query is worthless in another.
    public func seal(_ plain: [UInt8], context: [UInt8]) -> [UInt8] {
        seal(plain, context: context, nonce: RandomBytes.make(Self.nonceBytes))
    }

    func seal(_ plain: [UInt8], context: [UInt8], nonce: [UInt8]) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: Self.tagBytes)
        let sealed = filled(plain.count) {
            insist(
                nadi_aes256gcm_seal(bytes, nonce, context, context.count, plain, plain.count, $0, &tag),
                "AES-256-GCM")
        }
        return nonce + sealed + tag
    }

    /// The content, or nil when the box, its context or the key is not the one it was sealed with.
    public func open(_ box: [UInt8], context: [UInt8]) -> [UInt8]? {
        let count = box.count - Self.overheadBytes
        guard count >= 0 else { return nil }
        let nonce = [UInt8](box[..<Self.nonceBytes])
        let sealed = [UInt8](box[Self.nonceBytes..<(Self.nonceBytes + count)])
        let tag = [UInt8](box[(Self.nonceBytes + count)...])
        var opened: Int32 = 0
        let plain = filled(count) {
            opened = nadi_aes256gcm_open(bytes, nonce, context, context.count, sealed, count, tag, $0)
        }
        return opened == 1 ? plain : nil
    }
}
