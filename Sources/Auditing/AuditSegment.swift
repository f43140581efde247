import Crypto
public import Tenancy
public import Vocabulary

/// A stretch of the audit trail that was sealed at once, and its place in the clinic's chain.
public struct AuditSegment: Sendable, Equatable {
    /// How many events one holds at most.
    static let eventsMax = 4_096
    /// How late behind its id's moment a row may be committed and is still sealed.
    static let lookback = Duration.seconds(180)
    /// How many bytes of each event's digest are kept, to find the one that was changed.
    static let markBytes = 4
    /// What stands before the first segment.
    static let beginning = [UInt8](repeating: 0, count: 32)

    /// Whose it is.
    public let clinic: ID<Tenant>
    /// Counts from 1, without a gap.
    public let number: Int32
    /// The digest of the segment before.
    public let previous: [UInt8]
    /// The root of the tree over the events' digests.
    public let root: [UInt8]
    /// The events in the order in which they are the tree's leaves.
    public let events: [ID<AuditLine>]
    /// The first bytes of each event's digest, one after the other. They prove nothing.
    let marks: [UInt8]
    /// Everything that came until then is in this segment or an earlier one, unless it was committed late.
    public let through: Instant
    /// When it was sealed.
    public let sealedAt: Instant
    /// The public half of the key that signed it.
    public let key: [UInt8]
    /// What proves that the holder of the installation's secret sealed it.
    public let signature: [UInt8]

    /// What is signed and hashed: all that a segment says, as text.
    var words: [UInt8] {
        Array(
            """
            nadi audit segment 1
            clinic \(clinic.text)
            number \(number)
            previous \(Hex.encode(previous))
            root \(Hex.encode(root))
            events \(events.count)
            through \(through.text)
            sealed \(sealedAt.text)

            """.utf8)
    }

    /// What stands for the whole chain up to here: the next segment names it.
    public var digest: [UInt8] { SHA256.digest(of: words) }
}

/// Where a chain ends: short enough to be kept on paper.
public struct AuditHead: Sendable, Hashable {
    /// The last segment's number.
    public let number: Int32
    /// The last segment's digest.
    public let digest: [UInt8]

    /// A head as somebody kept it.
    public init(number: Int32, digest: [UInt8]) { (self.number, self.digest) = (number, digest) }

    /// Reads `412:9f86d081…`; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int32(parts[0]), number > 0,
            let digest = Hex.decode(String(parts[1])), digest.count == 32
        else { return nil }
        self.init(number: number, digest: digest)
    }

    /// `412:9f86d081…`
    public var text: String { "\(number):\(Hex.encode(digest))" }
}
