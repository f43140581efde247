public import Database
import Vocabulary

extension AuditReceipt: FromRow {
    /// Reads the columns in the order in which `all` names them.
    public init(_ row: inout Row) throws {
        self.init(
            clinic: try row.next(), firstNumber: try row.next(), lastNumber: try row.next(),
            events: try row.next(), through: try row.next(), digest: try row.next(), madeAt: try row.next(),
            madeBy: try row.next(), key: try row.next(), signature: try row.next())
    }

    /// A clinic's receipts, in the order of the chain. A thousand years of yearly forgetting.
    static func all(in tenant: TenantID) -> SQL {
        """
        SELECT t.public_id, r.first_number, r.last_number, r.events, r.through, r.digest, r.made_at, r.made_by,
            r.key, r.signature
        FROM audit_receipt r JOIN tenant t ON t.id = r.tenant_id
        WHERE r.tenant_id = \(tenant) ORDER BY r.last_number LIMIT 1000
        """
    }
}
