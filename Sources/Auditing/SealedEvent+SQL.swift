public import Database
import Vocabulary

extension SealedEvent: FromRow {
    static let columns: SQL = """
        e.id, e.at, e.caller_kind, e.caller_id, e.caller_role, e.act, e.outcome, e.subject_kind, e.subject_id,
        e.purpose, e.address, e.request_id, e.detail
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, at) = (try row.next(), try row.next())
        (callerKind, callerID, callerRole) = (try row.next(), try row.next(), try row.next())
        (act, outcome) = (try row.next(), try row.next())
        (subjectKind, subjectID) = (try row.next(), try row.next())
        (purpose, address, requestID) = (try row.next(), try row.next(), try row.next())
        detail = try row.next(JSONText.self).bytes
    }

    /// What no segment holds yet, in the order of ids: what came since `from`, and nothing from the future
    /// of whoever asks. An event is never sealed before it came, so only segments of since then can hold it.
    static func unsealed(from: Instant?, to: Instant, limit: Int, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM audit_event e
        WHERE e.tenant_id = \(tenant) AND e.id >= \(UniqueID.first(at: from)) AND e.id < \(UniqueID.first(at: to))
            AND \(isInNoSegment(sealedSince: from, in: tenant))
        ORDER BY e.id LIMIT \(limit)
        """
    }

    /// Events by their ids.
    static func withIDs(_ ids: [ID<AuditLine>], in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM audit_event e WHERE e.tenant_id = \(tenant) AND e.id = ANY(\(ids))"
    }

    /// `NOT IN`, which the planner hashes: of `NOT EXISTS` it made a loop over every pair, since it takes
    /// each segment for a handful of ids.
    static func isInNoSegment(
        sealedSince from: Instant?, upTo number: Int32 = .max, in tenant: TenantID
    ) -> SQL {
        """
        e.id NOT IN (
            SELECT unnest(s.event_ids) FROM audit_segment s WHERE s.tenant_id = \(tenant)
                AND s.sealed_at >= \(from ?? Instant(seconds: 0)) AND s.number <= \(number))
        """
    }
}

extension UniqueID {
    /// Before every id that was made then or later; without a moment, before every id.
    static func first(at instant: Instant?) -> UniqueID {
        guard let instant else { return UniqueID(high: 0, low: 0) }
        return UniqueID(high: UInt64(max(0, instant.milliseconds)) << 16, low: 0)
    }
}

/// How much of a trail is not sealed yet.
struct UnsealedRest: FromRow {
    let count: Int
    let oldest: Instant?

    init(_ row: inout Row) throws { (count, oldest) = (try row.next(), try row.next()) }

    static func of(_ tenant: TenantID, from: Instant?) -> SQL {
        """
        SELECT count(*), min(e.at) FROM audit_event e
        WHERE e.tenant_id = \(tenant) AND e.id >= \(UniqueID.first(at: from))
            AND \(SealedEvent.isInNoSegment(sealedSince: from, in: tenant))
        """
    }
}

extension SealedEvent {
    /// Events of a span of time that no segment up to that number holds.
    static func strangers(
        from: Instant?, to: Instant, upTo number: Int32, limit: Int, in tenant: TenantID
    ) -> SQL {
        """
        SELECT e.id FROM audit_event e
        WHERE e.tenant_id = \(tenant) AND e.id >= \(UniqueID.first(at: from)) AND e.id < \(UniqueID.first(at: to))
            AND \(isInNoSegment(sealedSince: from, upTo: number, in: tenant))
        ORDER BY e.id LIMIT \(limit)
        """
    }
}
