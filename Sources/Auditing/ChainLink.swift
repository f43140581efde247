import Vocabulary

/// Where an inspection stands in a chain: what the next segment must follow.
struct ChainLink {
    let number: Int32
    let digest: [UInt8]
    let through: Instant?
    /// Until when every event has been looked for in the segments.
    var looked: Instant?

    /// Before the first segment.
    static let beginning = ChainLink(
        number: 0, digest: AuditSegment.beginning, through: nil, looked: nil)

    var head: AuditHead { AuditHead(number: number, digest: digest) }

    /// What is wrong with the step from here to the segment.
    func flaws(before segment: AuditSegment) -> [AuditFlaw] {
        if segment.number != number + 1 {
            let words =
                segment.number == number + 2
                ? "The segment \(number + 1) is gone."
                : "The segments \(number + 1) to \(segment.number - 1) are gone."
            return [AuditFlaw(.segmentMissing, segment: number + 1, words)]
        }
        guard segment.previous == digest else {
            let words = "It does not follow the segment \(number) as that is now."
            return [AuditFlaw(.segmentChanged, segment: segment.number, words)]
        }
        return []
    }
}

extension ChainLink {
    /// Behind a segment. What was looked for until then stays as it was.
    init(_ segment: AuditSegment, looked: Instant?) {
        self.init(number: segment.number, digest: segment.digest, through: segment.through, looked: looked)
    }

    /// Behind what was forgotten: nothing may be left of before.
    init(_ receipt: AuditReceipt) {
        self.init(
            number: receipt.lastNumber, digest: receipt.digest, through: receipt.through, looked: nil)
    }
}
