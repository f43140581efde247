import Access
import Database
import Records
import Tenancy
import Vocabulary

extension AppointmentCount: FromRow {
    /// More rows than this no answer is made of.
    static let most = 20_000

    /// A stage that never was is counted as none.
    init(_ row: inout Row) throws {
        (location, visitType) = (try row.next(), try row.next())
        let stage: String = try row.next()
        let counted = Appointment.Stage(rawValue: stage).flatMap(AppointmentOutcome.init)
        ages = AgeBand(ofAge: Int(try row.next(Int32.self)))
        day = try row.next()
        let count = Int(try row.next(Int64.self))
        (outcome, self.count) = (counted ?? .open, counted == nil ? 0 : count)
    }

    /// What there was from one day to before another, by the clock where it was. Nothing leaves the database
    /// but counts; an age is that of the day of the visit.
    static func all(
        from first: Day, before end: Day, within reach: PatientReach, in tenant: TenantID
    ) -> SQL {
        """
        SELECT location_id, visit_type, stage, least(extract(year FROM age(local_start, p.birth_date)), 90)::int,
            local_start::date, count(*)
        FROM appointment
        JOIN patient p ON p.tenant_id = \(tenant) AND p.id = patient_id
        WHERE appointment.tenant_id = \(tenant)
            AND starts_at >= \(first)::timestamp - interval '1 day' AND starts_at < \(end)::timestamp + interval '1 day'
            AND local_start >= \(first) AND local_start < \(end) \(reach.bound(on: Appointment.reached, in: tenant))
        GROUP BY 1, 2, 3, 4, 5 LIMIT \(most + 1)
        """
    }
}
