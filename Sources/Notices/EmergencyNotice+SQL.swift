import Database
import Roles
import Trust
import Vocabulary

extension EmergencyNotice {
    /// Touches no row where they have been told of it.
    func insert(at now: Instant, in tenant: TenantID) -> SQL {
        """
        INSERT INTO emergency_notice (tenant_id, id, emergency_id, recipient_id, told_at)
        VALUES (\(tenant), \(id), \(emergency), \(recipient), \(now)) ON CONFLICT DO NOTHING
        """
    }

    /// Those who answer for a patient's identity, which is what who looked belongs to; guardians who do not
    /// agree go on looking.
    static func guardians(of patient: UniqueID, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT DISTINCT g.guardian_id FROM guardianship g
        JOIN patient p ON p.tenant_id = g.tenant_id AND p.id = g.guardian_id AND p.active
        WHERE g.tenant_id = \(tenant) AND g.ward_id = \(patient) AND g.ended_at IS NULL
            AND g.since <= \(now) AND g.valid_until > \(now)
            AND \(WardCategory.identity.rawValue)::text = ANY (g.categories)
        ORDER BY g.guardian_id LIMIT 20
        """
    }
}

extension OpenedRecord: FromRow {
    init(_ row: inout Row) throws {
        (role, at, patient) = (try row.next(), try row.next(), try row.next())
        (birthDate, zone) = (try row.next(), try row.next())
    }

    /// No row where the patient has gone. The clinic's clock is that of its first location.
    static func of(_ id: ID<EmergencyAccess>, in tenant: TenantID) -> SQL {
        """
        SELECT e.role, e.began_at, e.patient_id, w.birth_date, coalesce((SELECT l.zone FROM location l
            WHERE l.tenant_id = \(tenant) AND l.active ORDER BY l.slug, l.id LIMIT 1), 'UTC')
        FROM emergency_access e
        JOIN patient w ON w.tenant_id = e.tenant_id AND w.id = e.patient_id AND w.active
        WHERE e.tenant_id = \(tenant) AND e.id = \(id)
        """
    }
}
