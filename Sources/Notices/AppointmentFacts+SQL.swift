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
        (practitioner, location) = (try row.next(), try row.next())
        clinic = try SpeakingClinic(&row)
    }

    /// Holds the appointment: it cannot be moved or called off until the transaction ends.
    static func of(_ id: UniqueID, in tenant: TenantID) -> SQL {
        """
        SELECT a.version, a.stage, a.starts_at, a.zone, a.patient_id, p.phone, p.email, p.language, s.name, l.name,
            \(SpeakingClinic.columns)
        FROM appointment a
        JOIN patient p ON p.tenant_id = \(tenant) AND p.id = a.patient_id
        JOIN practitioner r ON r.tenant_id = \(tenant) AND r.id = a.practitioner_id
        JOIN staff_member s ON s.tenant_id = \(tenant) AND s.id = r.staff_member_id
        JOIN location l ON l.tenant_id = \(tenant) AND l.id = a.location_id
        \(SpeakingClinic.joined(in: tenant))
        WHERE a.tenant_id = \(tenant) AND a.id = \(id)
        FOR SHARE OF a
        """
    }
}
