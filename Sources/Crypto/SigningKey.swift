import COpenSSL

/// An Ed25519 private key (RFC 8032). It is a value of 32 bytes rather than a handle of the library:
/// reading it in costs a tenth of a signature, and nothing has to be freed or shared between threads.
public struct SigningKey: Sendable {
    /// The seed, for sealing and storing. Never logged, never sent.
    public let rawBytes: [UInt8]
    /// What the world may know.
    public let verifyingKey: VerifyingKey

    /// A new key.
    public init() {
        self.init(seed: RandomBytes.make(32))
    }

    /// A key read back from its 32-byte seed.
    public init(rawBytes: [UInt8]) throws(CryptoFault) {
        guard rawBytes.count == 32 else { throw .malformedKey }
        self.init(seed: rawBytes)
    }

    private init(seed: [UInt8]) {
        rawBytes = seed
        verifyingKey = VerifyingKey(trusted: filled(32) { insist(nadi_ed25519_public(seed, $0), "Ed25519") })
    }

    /// The 64 bytes that prove this key has seen `message`.
    public func signature(of message: [UInt8]) -> [UInt8] {
        filled(64) { insist(nadi_ed25519_sign(rawBytes, message, message.count, $0), "Ed25519") }
    }
}

/// An Ed25519 public key.
public struct VerifyingKey: Hashable, Sendable {
    /// The 32 bytes of the point.
    public let rawBytes: [UInt8]

    /// A key as it was published. Whether the bytes are a point shows at the first signature: none verifies.
    public init(rawBytes: [UInt8]) throws(CryptoFault) {
        guard rawBytes.count == 32 else { throw .malformedKey }
        self.rawBytes = rawBytes
    }

    init(trusted rawBytes: [UInt8]) {
        self.rawBytes = rawBytes
    }

    /// Whether `signature` was made over exactly `message` by the private half of this key.
    public func accepts(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        signature.count == 64 && nadi_ed25519_verify(rawBytes, message, message.count, signature) == 1
    }
}
