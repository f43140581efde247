import Crypto
import JSON
public import Vocabulary

/// A line of the audit trail.
public enum AuditLine: Identified {
    /// `aud_…`
    public static let idPrefix: StaticString = "aud"
}

/// A line of the audit trail as it is stored, every column of it.
public struct SealedEvent: Sendable {
    /// Names the line; begins with the moment at which the request arrived.
    public let id: ID<AuditLine>
    /// When the request arrived.
    public let at: Instant
    /// `staff`, `patient`, `system` or `nobody`.
    public let callerKind: String
    /// Which of them.
    public let callerID: UniqueID?
    /// The role that allowed it, or that did not.
    public let callerRole: String?
    /// What was done.
    public let act: String
    /// How it ended.
    public let outcome: String
    /// To what kind of thing.
    public let subjectKind: String?
    /// To which.
    public let subjectID: UniqueID?
    /// What for.
    public let purpose: String?
    /// From where.
    public let address: String?
    /// By which request, as the logs name it.
    public let requestID: String?
    /// More about it: ids and times, old and new values. JSON as PostgreSQL writes it.
    public let detail: [UInt8]

    /// The canonical bytes: what is hashed, exported, and compared by whoever verifies. One line of JSON,
    /// every member in this order, `detail` as the database's `jsonb` writes it.
    var line: [UInt8] {
        var writer = JSONWriter(capacity: 512 + detail.count)
        writer.object { line in
            line.member("id", id.unique.uuidText)
            line.member("at", at.text)
            line.member("caller_kind", callerKind)
            line.member("caller_id", callerID?.uuidText)
            line.member("caller_role", callerRole)
            line.member("act", act)
            line.member("outcome", outcome)
            line.member("subject_kind", subjectKind)
            line.member("subject_id", subjectID?.uuidText)
            line.member("purpose", purpose)
            line.member("address", address)
            line.member("request_id", requestID)
            line.key("detail")
            line.raw(bytes: detail)
        }
        return writer.bytes
    }

    /// What stands for the line in its segment's tree.
    var digest: [UInt8] { MerkleTree.leaf(line) }
}
