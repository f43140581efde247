import Database
import Roles
import Vocabulary

extension EmergencyFacts: FromRow {
    init(_ row: inout Row) throws {
        (role, at, zone) = (try row.next(), try row.next(), try row.next())
        (recipient, phone, email) = (try row.next(), try row.next(), try row.next())
        (language, clinic) = (try row.next(), try SpeakingClinic(&row))
    }

    /// Holds whoever is told: they cannot go until the transaction ends.
    static func of(_ id: UniqueID, in tenant: TenantID) -> SQL {
        """
        SELECT e.role, e.began_at, coalesce((SELECT l.zone FROM location l
            WHERE l.tenant_id = \(tenant) AND l.active ORDER BY l.slug, l.id LIMIT 1), 'UTC'),
            p.id, p.phone, p.email, p.language, \(SpeakingClinic.columns)
        FROM emergency_notice n
        JOIN emergency_access e ON e.tenant_id = \(tenant) AND e.id = n.emergency_id
        JOIN patient p ON p.tenant_id = \(tenant) AND p.id = n.recipient_id AND p.active
        JOIN patient w ON w.tenant_id = \(tenant) AND w.id = e.patient_id AND w.active
        \(SpeakingClinic.joined(in: tenant))
        WHERE n.tenant_id = \(tenant) AND n.id = \(id) AND (p.id = w.id OR EXISTS (SELECT FROM guardianship g
            WHERE g.tenant_id = \(tenant) AND g.ward_id = w.id AND g.guardian_id = p.id AND g.ended_at IS NULL
                AND g.valid_until > now() AND \(WardCategory.identity.rawValue)::text = ANY (g.categories)))
        FOR SHARE OF p
        """
    }
}
