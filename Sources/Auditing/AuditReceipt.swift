import Crypto
public import Tenancy
public import Vocabulary

/// What remains of a part of the trail that was forgotten after its years: which part, how much, when and by
/// whom, signed, so that what is missing can be told from what was taken away.
public struct AuditReceipt: Sendable, Equatable {
    /// Whose trail it was.
    public let clinic: ID<Tenant>
    /// The first segment that was forgotten.
    public let firstNumber: Int32
    /// The last one; the chain goes on behind it.
    public let lastNumber: Int32
    /// How many events they held.
    public let events: Int64
    /// Until when they reached.
    public let through: Instant
    /// The digest of the last one, which the next segment names.
    public let digest: [UInt8]
    /// When it was forgotten.
    public let madeAt: Instant
    /// Who did it, as operators are named.
    public let madeBy: String
    /// The public half of the key that signed it.
    public let key: [UInt8]
    /// What proves that the holder of the installation's secret did it.
    public let signature: [UInt8]

    /// What is signed.
    var words: [UInt8] {
        Array(
            """
            nadi audit receipt 1
            clinic \(clinic.text)
            segments \(firstNumber)-\(lastNumber)
            events \(events)
            through \(through.text)
            digest \(Hex.encode(digest))
            made \(madeAt.text)
            by \(madeBy)

            """.utf8)
    }

    /// What is wrong with it, standing behind `link`.
    func flaws(after link: ChainLink, trusting keys: [VerifyingKey]) -> [AuditFlaw] {
        let isSigned = keys.contains { $0.rawBytes == key && $0.accepts(signature, of: words) }
        guard isSigned, firstNumber == link.number + 1 else {
            let words = "The receipt for the segments \(firstNumber) to \(lastNumber) is not what was signed."
            return [AuditFlaw(.receiptChanged, segment: lastNumber, words)]
        }
        return []
    }

    /// The same receipt with its signature.
    func signed(by seal: AuditSeal) -> AuditReceipt {
        AuditReceipt(
            clinic: clinic, firstNumber: firstNumber, lastNumber: lastNumber, events: events,
            through: through, digest: digest, madeAt: madeAt, madeBy: madeBy,
            key: seal.verifyingKey.rawBytes, signature: seal.signature(of: words))
    }
}
