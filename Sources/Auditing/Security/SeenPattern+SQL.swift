import Access
public import Database
import Vocabulary

extension SeenPattern: FromRow {
    /// Reads the columns in the order in which `page` names them.
    public init(_ row: inout Row) throws {
        (id, kind, isSevere) = (try row.next(), try row.next(), try row.next())
        (address, person, count) = (try row.next(), try row.next(), try row.next())
        (firstAt, lastAt) = (try row.next(), try row.next())
    }

    /// The latest made first, those before an id.
    static func page(
        before id: ID<SecurityEvent>?, from: Instant, kind: SecurityEvent.Kind?, onlySevere: Bool, limit: Int,
        in tenant: TenantID
    ) -> SQL {
        """
        SELECT id, kind, is_severe, address, person_id, count, first_at, last_at FROM security_event
        WHERE tenant_id = \(tenant) AND last_at >= \(from) AND (\(id)::uuid IS NULL OR id < \(id))
            AND (\(kind?.rawValue)::text IS NULL OR kind = \(kind?.rawValue)) AND (NOT \(onlySevere) OR is_severe)
        ORDER BY id DESC LIMIT \(limit)
        """
    }
}
