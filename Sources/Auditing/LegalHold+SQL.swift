public import Database
import Vocabulary

extension LegalHold: FromRow {
    private static let columns: SQL = "id, reason, placed_at, placed_by, lifted_at, lifted_by"

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, reason) = (try row.next(), try row.next())
        (placedAt, placedBy) = (try row.next(), try row.next())
        (liftedAt, liftedBy) = (try row.next(), try row.next())
    }

    /// A clinic's holds, the latest first.
    static func all(in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM audit_hold WHERE tenant_id = \(tenant) ORDER BY id DESC LIMIT 1000"
    }

    func insert(in tenant: TenantID) -> SQL {
        """
        INSERT INTO audit_hold (tenant_id, id, reason, placed_at, placed_by)
        VALUES (\(tenant), \(id), \(reason), \(placedAt), \(placedBy)) RETURNING \(Self.columns)
        """
    }

    /// Takes it back, once.
    static func lift(_ id: ID<LegalHold>, by person: UniqueID, at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE audit_hold SET lifted_at = \(now), lifted_by = \(person)
        WHERE tenant_id = \(tenant) AND id = \(id) AND lifted_at IS NULL RETURNING \(columns)
        """
    }
}
