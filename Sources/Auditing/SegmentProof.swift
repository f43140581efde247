import Crypto
import Vocabulary

/// What one segment proves, looked at without a database.
struct SegmentProof {
    let segment: AuditSegment
    /// The events as they are stored now, by their ids.
    let stored: [ID<AuditLine>: SealedEvent]

    /// What is wrong with the segment's events.
    var eventFlaws: [AuditFlaw] {
        let removed = segment.events.filter { stored[$0] == nil }
        guard removed.isEmpty else { return removed.map { flaw(.eventRemoved, $0, "is gone") } + changed }
        guard MerkleTree.root(of: leaves) != segment.root else { return [] }
        let strange = changed
        return strange.isEmpty
            ? [AuditFlaw(.segmentChanged, segment: segment.number, "Its events do not give its root.")]
            : strange
    }

    /// What is wrong with what the segment says of itself.
    func ownFlaws(trusting keys: [VerifyingKey]) -> [AuditFlaw] {
        guard let key = keys.first(where: { $0.rawBytes == segment.key }) else {
            let words =
                "It was signed by the key \(Hex.encode(segment.key)), which is not this installation's."
            return [AuditFlaw(.keyUnknown, segment: segment.number, words)]
        }
        guard key.accepts(segment.signature, of: segment.words) else {
            return [AuditFlaw(.segmentChanged, segment: segment.number, "It does not say what was signed.")]
        }
        return []
    }

    private var leaves: [[UInt8]] { segment.events.compactMap { stored[$0]?.digest } }

    /// The events whose digests do not begin as they did. Where the same beginnings are there in other
    /// places, the events have changed places.
    private var changed: [AuditFlaw] {
        var strange: [(id: ID<AuditLine>, was: ArraySlice<UInt8>, is: ArraySlice<UInt8>)] = []
        for (place, id) in segment.events.enumerated() {
            guard let event = stored[id] else { continue }
            let start = place * AuditSegment.markBytes
            guard start + AuditSegment.markBytes <= segment.marks.count else { break }
            let was = segment.marks[start..<(start + AuditSegment.markBytes)]
            let now = event.digest.prefix(AuditSegment.markBytes)
            if was != now { strange.append((id, was, now)) }
        }
        let isReordered =
            strange.count > 1 && Set(strange.map { Array($0.was) }) == Set(strange.map { Array($0.is) })
        return strange.map {
            flaw(
                isReordered ? .eventsReordered : .eventChanged, $0.id,
                isReordered ? "stands where another stood" : "is not what was sealed")
        }
    }

    private func flaw(_ kind: AuditFlaw.Kind, _ id: ID<AuditLine>, _ words: String) -> AuditFlaw {
        AuditFlaw(
            kind, segment: segment.number, event: id.unique.uuidText,
            "The event \(id.unique.uuidText), of \(id.unique.instant.text), \(words).")
    }
}
