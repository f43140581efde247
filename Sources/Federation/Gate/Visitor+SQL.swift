import Database
import Identity
import Vocabulary

extension Visitor: FromRow {
    init(_ row: inout Row) throws {
        session = try row.next()
        person = Person(try row.next(), try row.next())
        (method, provenAt) = (try row.next(), try row.next())
        (signedInAt, until, name) = (try row.next(), try row.next(), try row.next())
    }

    /// Whoever's sign-in it is, while it lasts and they may still come in.
    static func read(_ session: ID<Session>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT i.id, i.person_kind, i.person_id, i.method, coalesce(i.proven_at, i.created_at), i.created_at,
            i.expires_at, coalesce(s.name, p.name)
        FROM sign_in i
        LEFT JOIN staff_member s ON i.person_kind = 'staff' AND s.tenant_id = i.tenant_id AND s.id = i.person_id
            AND s.active
        LEFT JOIN patient p ON i.person_kind = 'patient' AND p.tenant_id = i.tenant_id AND p.id = i.person_id
            AND p.active
        WHERE i.tenant_id = \(tenant) AND i.id = \(session) AND i.ended_at IS NULL AND i.expires_at > \(now)
            AND (s.id IS NOT NULL OR p.id IS NOT NULL)
        """
    }
}
