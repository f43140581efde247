public import Database
import Roles
import Tenancy
public import Vocabulary

extension APIKey: FromRow {
    private static let columns: SQL = """
        id, name, permissions, location_ids, networks, made_by, made_at, adopted_by, adopted_at,
        EXISTS (SELECT FROM staff_member s WHERE s.tenant_id = api_key.tenant_id
            AND s.id = coalesce(adopted_by, made_by) AND s.active),
        rotated_at, before_until, expires_at, used_at, used_from, revoked_at, revoked_by
        """

    /// Reads the columns in the order in which `columns` names them. A permission that there is no more is
    /// none.
    public init(_ row: inout Row) throws {
        (id, name) = (try row.next(), try row.next())
        permissions = try row.next([String].self).compactMap(Permission.init(name:))
        (locations, networks) = (try row.next(), try row.next())
        (madeBy, madeAt) = (try row.next(), try row.next())
        (adoptedBy, adoptedAt, isKept) = (try row.next(), try row.next(), try row.next())
        (rotatedAt, beforeUntil, expiresAt) = (try row.next(), try row.next(), try row.next())
        (usedAt, usedFrom) = (try row.next(), try row.next())
        (revokedAt, revokedBy) = (try row.next(), try row.next())
    }

    /// The latest first, after the last one seen.
    public static func page(before last: ID<APIKey>?, limit: Int, in tenant: TenantID) -> SQL {
        let after: SQL = if let last { "AND id < \(last)" } else { "" }
        return """
            SELECT \(columns) FROM api_key WHERE tenant_id = \(tenant) \(after) ORDER BY id DESC LIMIT \(limit)
            """
    }

    /// One of them; `forChange` keeps others from changing it until the transaction ends.
    public static func withID(_ id: ID<APIKey>, forChange: Bool = false, in tenant: TenantID) -> SQL {
        let held: SQL = forChange ? "FOR UPDATE" : ""
        return "SELECT \(columns) FROM api_key WHERE tenant_id = \(tenant) AND id = \(id) \(held)"
    }

    /// By which those who make keys at one clinic wait for each other.
    public static func makingLock(of tenant: TenantID) -> Int64 {
        0x6170_696B_6579_7300 ^ Int64(tenant.number)
    }

    /// No row is made where the clinic has `most` that are good. Whoever asks holds `makingLock`.
    public func insert(_ digest: [UInt8], most: Int, in tenant: TenantID) -> SQL {
        """
        INSERT INTO api_key (tenant_id, id, name, permissions, location_ids, networks, digest, made_by, made_at,
            expires_at)
        SELECT \(tenant), \(id), \(name), \(permissions.map(\.name)), \(locations), \(networks), \(digest), \(madeBy),
            \(madeAt), \(expiresAt)
        WHERE (SELECT count(*) FROM api_key WHERE tenant_id = \(tenant) AND revoked_at IS NULL
            AND expires_at > \(madeAt)) < \(most)
        """
    }

    /// Gives the key another secret, for which `person` answers from then on. The one before is good until
    /// `graceEnd` as well, but no longer than it would have been; of three secrets the oldest is good no
    /// more.
    public static func rotate(
        _ id: ID<APIKey>, to digest: [UInt8], until end: Instant, graceEnd: Instant,
        by person: ID<StaffMember>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE api_key SET digest = \(digest), digest_before = digest, before_until = least(\(graceEnd), expires_at),
            rotated_at = \(now), expires_at = \(end), adopted_by = \(person), adopted_at = \(now)
        WHERE tenant_id = \(tenant) AND id = \(id) AND revoked_at IS NULL RETURNING \(columns)
        """
    }

    /// Lets somebody else answer for the key; no row where it is good no more.
    public static func adopt(
        _ id: ID<APIKey>, by person: ID<StaffMember>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE api_key SET adopted_by = \(person), adopted_at = \(now)
        WHERE tenant_id = \(tenant) AND id = \(id) AND revoked_at IS NULL AND expires_at > \(now)
        RETURNING \(columns)
        """
    }

    /// Ends the key; no row where it was ended before.
    public static func revoke(
        _ id: ID<APIKey>, by person: ID<StaffMember>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE api_key SET revoked_at = \(now), revoked_by = \(person)
        WHERE tenant_id = \(tenant) AND id = \(id) AND revoked_at IS NULL RETURNING \(columns)
        """
    }

    /// Ends every good key for which `keeper` answers; the rows are their ids.
    public static func revokeAll(
        of keeper: ID<StaffMember>, by person: ID<StaffMember>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE api_key SET revoked_at = \(now), revoked_by = \(person)
        WHERE \(good(of: keeper, at: now, in: tenant)) RETURNING id
        """
    }

    /// For how many good keys `keeper` answers.
    public static func count(of keeper: ID<StaffMember>, at now: Instant, in tenant: TenantID) -> SQL {
        "SELECT count(*) FROM api_key WHERE \(good(of: keeper, at: now, in: tenant))"
    }

    private static func good(of keeper: ID<StaffMember>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        tenant_id = \(tenant) AND coalesce(adopted_by, made_by) = \(keeper) AND revoked_at IS NULL
            AND expires_at > \(now)
        """
    }

    /// Takes away keys that ended a year ago.
    public static func forgetEnded(in tenant: TenantID) -> SQL {
        """
        DELETE FROM api_key WHERE tenant_id = \(tenant)
            AND least(coalesce(revoked_at, expires_at), expires_at) < now() - interval '1 year'
        """
    }
}
