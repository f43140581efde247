public import Crypto
import Tenancy
import Vocabulary

/// The key by which an installation vouches for its clinics' audit chains.
///
/// It follows from the installation's secret and is never stored: a copy of the database, or whoever can
/// write to all of it, can sign nothing.
public struct AuditSeal: Sendable {
    private let key: SigningKey

    /// The key of this secret.
    public init(under secret: Secret) {
        // 32 bytes of a keyed hash are always a seed.
        guard let key = try? SigningKey(rawBytes: secret.key(for: "audit seal")) else {
            preconditionFailure("A key for one purpose has 32 bytes.")
        }
        self.key = key
    }

    /// What the world may know, and verifies by.
    public var verifyingKey: VerifyingKey { key.verifyingKey }

    /// What proves that this installation has said it.
    func signature(of words: [UInt8]) -> [UInt8] { key.signature(of: words) }

    /// The next segment of a clinic's chain.
    func segment(
        _ number: Int32, of clinic: ID<Tenant>, after previous: [UInt8], over events: [SealedEvent],
        through: Instant, at now: Instant
    ) -> AuditSegment {
        let leaves = events.map(\.digest)
        let bare = AuditSegment(
            clinic: clinic, number: number, previous: previous, root: MerkleTree.root(of: leaves),
            events: events.map(\.id), marks: leaves.flatMap { $0.prefix(AuditSegment.markBytes) },
            through: through, sealedAt: now, key: verifyingKey.rawBytes, signature: [])
        return bare.signed(signature(of: bare.words))
    }
}

extension AuditSegment {
    fileprivate func signed(_ signature: [UInt8]) -> AuditSegment {
        AuditSegment(
            clinic: clinic, number: number, previous: previous, root: root, events: events, marks: marks,
            through: through, sealedAt: sealedAt, key: key, signature: signature)
    }
}
