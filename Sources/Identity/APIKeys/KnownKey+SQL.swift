import Database
import Roles
import Tenancy
import Vocabulary

extension KnownKey: FromRow {
    init(_ row: inout Row) throws {
        let id = try row.next(ID<APIKey>.self)
        let permissions = try row.next([String].self).compactMap(Permission.init(name:))
        self.init(
            id, permissions, at: try row.next(), from: try row.next(), until: try row.next(),
            notedAt: try row.next())
    }

    /// The key that has this secret, or had it a moment ago; no row where it is good no more.
    static func with(_ digest: [UInt8], at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT id, permissions, location_ids, networks,
            CASE WHEN digest = \(digest) THEN expires_at ELSE least(before_until, expires_at) END, used_at
        FROM api_key
        WHERE tenant_id = \(tenant) AND (digest = \(digest) OR digest_before = \(digest) AND before_until > \(now))
            AND revoked_at IS NULL AND expires_at > \(now)
        """
    }

    /// The same key again, for whoever goes on listening since `moment`: no row where it has got another
    /// secret after that, since nobody knows any more which one let them in.
    static func again(_ id: UniqueID, since moment: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT id, permissions, location_ids, networks, expires_at, used_at FROM api_key
        WHERE tenant_id = \(tenant) AND id = \(id) AND revoked_at IS NULL
            AND (rotated_at IS NULL OR rotated_at <= \(moment))
        """
    }

    /// Writes down that the key is used, unless somebody else has just done so.
    static func note(_ id: UniqueID, from address: String, at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE api_key SET used_at = \(now), used_from = \(address)
        WHERE tenant_id = \(tenant) AND id = \(id) AND (used_at IS NULL OR used_at <= \(now - notedEvery))
        """
    }
}
