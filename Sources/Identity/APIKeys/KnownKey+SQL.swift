import Database
import Roles
import Tenancy
import Vocabulary

extension KeyRow: FromRow {
    init(_ row: inout Row) throws {
        id = try row.next()
        let permissions = try row.next([String].self).compactMap(Permission.init(name:))
        terms = KeyTerms(permissions: permissions, locations: try row.next(), networks: try row.next())
        (expiresAt, notedAt, keeper) = (try row.next(), try row.next(), try row.next())
        role = try GivenRole(&row).role
    }

    /// The key that has this secret, or had it a moment ago; no row where it is good no more, or whoever
    /// answers for it has left.
    static func with(_ digest: [UInt8], at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT k.id, k.permissions, k.location_ids, k.networks,
            CASE WHEN k.digest = \(digest) THEN k.expires_at ELSE least(k.before_until, k.expires_at) END,
            k.used_at, s.id, \(GivenRole.columns)
        FROM api_key k \(keeper)
        WHERE k.tenant_id = \(tenant)
            AND (k.digest = \(digest) OR k.digest_before = \(digest) AND k.before_until > \(now))
            AND k.revoked_at IS NULL AND k.expires_at > \(now)
        ORDER BY r.given_at, r.role, r.location_id LIMIT 64
        """
    }

    /// The same key again, for whoever goes on listening since `moment`: no row where it has got another
    /// secret after that, since nobody knows any more which one let them in.
    static func again(_ id: UniqueID, since moment: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT k.id, k.permissions, k.location_ids, k.networks, k.expires_at, k.used_at, s.id, \(GivenRole.columns)
        FROM api_key k \(keeper)
        WHERE k.tenant_id = \(tenant) AND k.id = \(id) AND k.revoked_at IS NULL
            AND (k.rotated_at IS NULL OR k.rotated_at <= \(moment))
        ORDER BY r.given_at, r.role, r.location_id LIMIT 64
        """
    }

    /// Whoever answers for the key, and what they were given.
    private static let keeper: SQL = """
        JOIN staff_member s ON s.tenant_id = k.tenant_id AND s.id = coalesce(k.adopted_by, k.made_by) AND s.active
        \(GivenRole.joined)
        """
}

extension KnownKey {
    /// Writes down that the key is used, unless somebody else has just done so.
    static func note(_ id: UniqueID, from address: String, at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE api_key SET used_at = \(now), used_from = \(address)
        WHERE tenant_id = \(tenant) AND id = \(id) AND (used_at IS NULL OR used_at <= \(now - notedEvery))
        """
    }
}
