public import Database
import Tenancy
import Vocabulary

extension AuditSegment: FromRow {
    private static let columns: SQL = """
        t.public_id, s.number, s.previous, s.root, s.event_ids, s.marks, s.through, s.sealed_at, s.key,
        s.signature
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        self.init(
            clinic: try row.next(), number: try row.next(), previous: try row.next(), root: try row.next(),
            events: try row.next(), marks: try row.next(), through: try row.next(),
            sealedAt: try row.next(), key: try row.next(), signature: try row.next())
    }

    /// A clinic's segments after one of them, in order.
    static func page(after number: Int32, limit: Int, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM audit_segment s JOIN tenant t ON t.id = s.tenant_id
        WHERE s.tenant_id = \(tenant) AND s.number > \(number) ORDER BY s.number LIMIT \(limit)
        """
    }

    /// The segments that hold what came within a span of time, in order; a segment that was sealed before
    /// the span began holds nothing of it.
    static func page(
        from: Instant, to: Instant, after number: Int32, limit: Int, in tenant: TenantID
    ) -> SQL {
        """
        SELECT \(columns) FROM audit_segment s JOIN tenant t ON t.id = s.tenant_id
        WHERE s.tenant_id = \(tenant) AND s.number > \(number) AND s.sealed_at >= \(from)
            AND s.number <= coalesce((SELECT min(late.number) FROM audit_segment late
                WHERE late.tenant_id = \(tenant) AND late.sealed_at >= \(from)
                    AND late.through >= \(to + lookback)), 2147483647)
        ORDER BY s.number LIMIT \(limit)
        """
    }

    /// The last segment of each day, the latest first: what to keep elsewhere.
    static func ofEachDay(before day: Instant, limit: Int, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM audit_segment s JOIN tenant t ON t.id = s.tenant_id
        WHERE s.tenant_id = \(tenant) AND s.number IN (
            SELECT max(number) FROM audit_segment WHERE tenant_id = \(tenant) AND sealed_at < \(day)
            GROUP BY date_trunc('day', sealed_at, 'UTC') ORDER BY 1 DESC LIMIT \(limit))
        ORDER BY s.number DESC
        """
    }

    /// The statement that adds it to its clinic's chain. Two that would take the same number cannot both.
    func insert(in tenant: TenantID) -> SQL {
        """
        INSERT INTO audit_segment (tenant_id, number, through, sealed_at, event_ids, marks, previous, root,
            digest, key, signature)
        VALUES (\(tenant), \(number), \(through), \(sealedAt), \(events), \(marks), \(previous), \(root),
            \(digest), \(key), \(signature))
        """
    }
}

/// Where a clinic's chain has come to.
struct ChainEnd: FromRow {
    let clinic: ID<Tenant>
    let number: Int32
    let digest: [UInt8]
    let through: Instant?

    init(_ row: inout Row) throws {
        clinic = try row.next()
        number = try row.next(Int32?.self) ?? 0
        digest = try row.next([UInt8]?.self) ?? AuditSegment.beginning
        through = try row.next()
    }

    /// The last segment, or what was forgotten last where nothing has been sealed since.
    static func of(_ tenant: TenantID) -> SQL {
        """
        SELECT t.public_id, last.number, last.digest, last.through FROM tenant t LEFT JOIN LATERAL (
            (SELECT number, digest, through FROM audit_segment s WHERE s.tenant_id = \(tenant)
                ORDER BY number DESC LIMIT 1)
            UNION ALL (SELECT last_number, digest, through FROM audit_receipt r WHERE r.tenant_id = \(tenant)
                ORDER BY last_number DESC LIMIT 1)
            ORDER BY number DESC LIMIT 1
        ) last ON true WHERE t.id = \(tenant)
        """
    }
}
