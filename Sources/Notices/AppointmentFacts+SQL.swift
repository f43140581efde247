import Database
import Scheduling
import Vocabulary

extension AppointmentFacts: FromRow {
    init(_ row: inout Row) throws {
        version = try row.next()
        let word: String = try row.next()
        stage = Appointment.Stage(rawValue: word) ?? .enteredInError
        (start, zone, patient) = (try row.next(), try row.next(), try row.next())
        (phone, email, language) = (try row.next(), try row.next(), try row.next())
        clinicLanguages = try row.next()
        (practitioner, location, clinic) = (try row.next(), try row.next(), try row.next())
    }

    /// Holds the appointment: it cannot be moved or called off until the transaction ends.
    static func of(_ id: UniqueID, in tenant: TenantID) -> SQL {
        """
        SELECT a.version, a.stage, a.starts_at, a.zone, a.patient_id, p.phone, p.email, p.language,
            ARRAY(SELECT jsonb_array_elements_text(
                coalesce(c.body -> 'languages', o.body -> 'languages', '[]'))),
            s.name, l.name, coalesce(c.body ->> 'name', o.body ->> 'name', t.name)
        FROM appointment a
        JOIN patient p ON p.tenant_id = \(tenant) AND p.id = a.patient_id
        JOIN practitioner r ON r.tenant_id = \(tenant) AND r.id = a.practitioner_id
        JOIN staff_member s ON s.tenant_id = \(tenant) AND s.id = r.staff_member_id
        JOIN location l ON l.tenant_id = \(tenant) AND l.id = a.location_id
        JOIN tenant t ON t.id = a.tenant_id
        LEFT JOIN LATERAL (SELECT body FROM clinic_configuration
            WHERE tenant_id = \(tenant) ORDER BY version DESC LIMIT 1) c ON true
        LEFT JOIN LATERAL (SELECT body FROM organisation_configuration
            WHERE organisation_id = t.organisation_id ORDER BY version DESC LIMIT 1) o ON true
        WHERE a.tenant_id = \(tenant) AND a.id = \(id)
        FOR SHARE OF a
        """
    }
}
