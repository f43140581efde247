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
            coalesce((SELECT ARRAY(SELECT jsonb_array_elements_text(c.body -> 'languages'))
                FROM clinic_configuration c WHERE c.tenant_id = \(tenant) ORDER BY c.version DESC LIMIT 1), '{}'),
            s.name, l.name, t.name
        FROM appointment a
        JOIN patient p ON p.tenant_id = \(tenant) AND p.id = a.patient_id
        JOIN practitioner r ON r.tenant_id = \(tenant) AND r.id = a.practitioner_id
        JOIN staff_member s ON s.tenant_id = \(tenant) AND s.id = r.staff_member_id
        JOIN location l ON l.tenant_id = \(tenant) AND l.id = a.location_id
        JOIN tenant t ON t.id = a.tenant_id
        WHERE a.tenant_id = \(tenant) AND a.id = \(id)
        FOR SHARE OF a
        """
    }
}
