public import JSON

/// Something that is not as it was sealed, and where.
public struct AuditFlaw: Sendable, Hashable {
    /// What is wrong.
    public enum Kind: String, Sendable, CaseIterable {
        /// An event differs from what was sealed.
        case eventChanged = "event_changed"
        /// An event that was sealed is not there.
        case eventRemoved = "event_removed"
        /// An event is there that was not when its time was sealed.
        case eventInserted = "event_inserted"
        /// Two events have changed places.
        case eventsReordered = "events_reordered"
        /// An event stands in two segments.
        case eventSealedTwice = "event_sealed_twice"
        /// A segment is not there.
        case segmentMissing = "segment_missing"
        /// A segment does not say what was signed.
        case segmentChanged = "segment_changed"
        /// A segment was signed by a key that is not this installation's.
        case keyUnknown = "key_unknown"
        /// What a receipt says of what was forgotten is not what was signed.
        case receiptChanged = "receipt_changed"
        /// The chain does not contain the head that somebody kept.
        case headUnknown = "head_unknown"
        /// Nothing has been sealed for longer than it should be.
        case sealingStopped = "sealing_stopped"
    }

    /// What is wrong.
    public let kind: Kind
    /// The segment, where it is one's.
    public let segment: Int32?
    /// The event's id, where it is one's.
    public let event: String?
    /// The flaw in a sentence.
    public let words: String

    init(_ kind: Kind, segment: Int32? = nil, event: String? = nil, _ words: String) {
        (self.kind, self.segment, self.event, self.words) = (kind, segment, event, words)
    }

    /// For programs.
    public var json: JSON {
        [
            "kind": .string(kind.rawValue), "segment": segment.map { .integer(Int64($0)) } ?? .null,
            "event": event.map { .string($0) } ?? .null, "words": .string(words),
        ]
    }
}

/// What an inspection of a clinic's trail has found.
public struct AuditVerdict: Sendable {
    /// Segments whose proof was recomputed.
    public internal(set) var segments = 0
    /// Events whose proof was recomputed.
    public internal(set) var events = 0
    /// Events that are too new to be sealed: nothing is proven of them.
    public internal(set) var unsealed = 0
    /// Where the chain ends; nil where nothing was sealed.
    public internal(set) var head: AuditHead?
    /// Everything that is wrong; an inspection stops when there are too many.
    public internal(set) var flaws: [AuditFlaw] = []

    /// So many flaws say enough.
    static let flawsMost = 100

    var isFull: Bool { flaws.count >= Self.flawsMost }
}
