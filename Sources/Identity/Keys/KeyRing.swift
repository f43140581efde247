public import Crypto
public import Vocabulary

/// A key that signs, and its name.
public struct IssuingKey: Sendable {
    /// The name that tokens carry.
    public let id: KeyID
    /// The private key.
    public let signingKey: SigningKey

    /// Names the key by its public half.
    public init(_ signingKey: SigningKey) {
        (id, self.signingKey) = (KeyID(of: signingKey.verifyingKey), signingKey)
    }
}

/// The public keys that count now: the one that signs, and earlier ones until their last token has expired.
public struct KeyRing: Sendable {
    /// One public key and how long it counts.
    public struct Entry: Hashable, Sendable {
        /// Its name.
        public let id: KeyID
        /// The key.
        public let key: VerifyingKey
        /// From then on it verifies nothing; nil while it is the one that signs.
        public let retiresAt: Instant?

        /// A key that counts until `retiresAt`.
        public init(_ key: VerifyingKey, retiresAt: Instant?) {
            (id, self.key, self.retiresAt) = (KeyID(of: key), key, retiresAt)
        }

        func counts(at now: Instant) -> Bool { retiresAt.map { now < $0 } ?? true }
    }

    private let entries: [String: Entry]

    /// The ring of these keys.
    public init(_ entries: [Entry]) {
        self.entries = Dictionary(entries.map { ($0.id.text, $0) }) { first, _ in first }
    }

    /// The key of that name, if it still counts.
    func verifyingKey(_ id: String, at now: Instant) -> VerifyingKey? {
        guard let entry = entries[id], entry.counts(at: now) else { return nil }
        return entry.key
    }

    /// The keys that count at a moment, in the order of their names.
    func valid(at now: Instant) -> [Entry] {
        entries.values.filter { $0.counts(at: now) }.sorted { $0.id.text < $1.id.text }
    }
}
