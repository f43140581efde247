import Database
import Vocabulary

/// The segments that are old enough to be forgotten.
struct OldSegments: FromRow {
    let first: Int32
    let last: Int32
    let events: Int64
    let through: Instant
    let digest: [UInt8]

    init(_ row: inout Row) throws {
        (first, last, events) = (try row.next(), try row.next(), try row.next())
        (through, digest) = (try row.next(), try row.next())
    }

    static func before(_ cutoff: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT old.first, old.last, old.events, s.through, s.digest FROM (
            SELECT min(number) AS first, max(number) AS last, sum(cardinality(event_ids))::bigint AS events
            FROM audit_segment WHERE tenant_id = \(tenant) AND through < \(cutoff)
        ) old JOIN audit_segment s ON s.tenant_id = \(tenant) AND s.number = old.last
        """
    }
}

extension AuditReceipt {
    /// The statement that forgets what the receipt is about, and keeps the receipt.
    func forgetting(in tenant: TenantID) -> SQL {
        """
        SELECT forget_audit(\(tenant), \(lastNumber), \(events), ROW(\(tenant), \(firstNumber), \(lastNumber),
            \(events), \(through), \(digest), \(madeAt), \(madeBy), \(key), \(signature))::audit_receipt)
        """
    }
}
