import Database
import HTTP
import Vocabulary

/// What a row has become by writing to it.
struct WrittenSecurityEvent: FromRow {
    let id: ID<SecurityEvent>

    init(_ row: inout Row) throws { id = try row.next() }
}

extension SecurityEvent {
    /// Rows that a clinic gets in a day: whoever floods it with patterns fills no disk.
    static let rowsADay = 1_000

    /// Adds to the day's row of the pattern, or makes it.
    func upsert(at now: Instant, in tenant: TenantID) -> SQL {
        """
        INSERT INTO security_event AS kept (tenant_id, id, kind, is_severe, day, address, person_id, count, first_at,
            last_at)
        SELECT \(tenant), \(ID<SecurityEvent>.random(at: now)), \(kind.rawValue), \(kind.isSevere),
            (\(lastAt)::timestamptz AT TIME ZONE 'UTC')::date, \(address?.description), \(person), \(Int64(count)),
            \(firstAt), \(lastAt)
        WHERE (SELECT count(*) FROM security_event WHERE tenant_id = \(tenant)
            AND last_at >= \(now - .seconds(86_400))) < \(Int64(Self.rowsADay))
        ON CONFLICT (tenant_id, kind, day, address, person_id) DO UPDATE SET count = kept.count + excluded.count,
            first_at = least(kept.first_at, excluded.first_at), last_at = greatest(kept.last_at, excluded.last_at)
        """
    }

    /// Marks what nobody was told of yet, at most one of a kind in an hour.
    static func alert(at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE security_event SET alerted_at = \(now) WHERE tenant_id = \(tenant) AND id IN (
            SELECT DISTINCT ON (kind) id FROM security_event e WHERE tenant_id = \(tenant) AND is_severe
                AND alerted_at IS NULL AND last_at >= \(now - .seconds(3600)) AND NOT EXISTS (
                    SELECT FROM security_event told WHERE told.tenant_id = \(tenant) AND told.kind = e.kind
                        AND told.alerted_at >= \(now - .seconds(3600)))
            ORDER BY kind, count DESC, id)
        RETURNING id, kind
        """
    }

    /// Takes away what nobody need look at any more.
    static func forgetOld(in tenant: TenantID) -> SQL {
        "DELETE FROM security_event WHERE tenant_id = \(tenant) AND last_at < now() - interval '400 days'"
    }
}

/// A pattern that the clinic is to be told of.
struct DueAlert: FromRow {
    let id: ID<SecurityEvent>
    let kind: String

    init(_ row: inout Row) throws { (id, kind) = (try row.next(), try row.next()) }
}
