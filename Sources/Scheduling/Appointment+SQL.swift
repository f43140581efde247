public import Access
public import Database

import PluginKit
import Records
import Shapes
public import Tenancy
public import Vocabulary

extension Appointment: RowOutput {
    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        id = try row.next()
        practitioner = try row.next()
        patient = try row.next()
        location = try row.next()
        visitType = try row.next()
        slot = Slot(from: try row.next(), to: try row.next())
        zone = try row.next()
        stage = try row.next()
        reason = try row.next()
        rescheduledFrom = try row.next()
        rescheduledTo = try row.next()
        version = try row.next()
        createdAt = try row.next()
        cancelledAt = try row.next()
        cancelReason = try row.next()
    }

    /// Each is a member of `shape`, in the order of its members.
    private static let columns: SQL = """
        id, practitioner_id, patient_id, location_id, visit_type, starts_at, ends_at, zone, stage, reason, \
        rescheduled_from, rescheduled_to, version, created_at, cancelled_at, cancel_reason
        """

    /// A list of appointments leaves as its rows came, to whoever sees all of them.
    public static let rowColumns = RowColumns(of: shape, withParts: true)

    /// By what appointments are reached.
    static let reached = PatientColumns(patient: "patient_id", location: "location_id")

    static func withID(_ id: ID<Appointment>, within reach: PatientReach, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM appointment
        WHERE tenant_id = \(tenant) AND id = \(id) \(reach.bound(on: reached, in: tenant))
        """
    }

    /// Whether there is such an appointment, as far as the reach goes.
    public static func isReached(
        _ id: ID<Appointment>, within reach: PatientReach, in tenant: TenantID
    ) -> SQL {
        """
        SELECT EXISTS (SELECT FROM appointment
            WHERE tenant_id = \(tenant) AND id = \(id) \(reach.bound(on: reached, in: tenant)))
        """
    }

    /// Whose appointment it is.
    static func patient(of id: ID<Appointment>, in tenant: TenantID) -> SQL {
        "SELECT patient_id FROM appointment WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// The same, and in which views of whoever asks it is.
    static func withID(_ id: ID<Appointment>, within sight: Sight, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns), \(sight.column(on: reached, in: tenant)) FROM appointment
        WHERE tenant_id = \(tenant) AND id = \(id) \(sight.reach.bound(on: reached, in: tenant))
        """
    }

    /// The same, and of which specialty it is.
    static func withPlugin(_ id: ID<Appointment>, within reach: PatientReach, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns), plugin FROM appointment
        WHERE tenant_id = \(tenant) AND id = \(id) \(reach.bound(on: reached, in: tenant))
        """
    }

    /// Where an appointment is; nil for one that the clinic does not know.
    public static func location(
        of id: ID<Appointment>, in clinic: TenantDatabase
    ) async throws -> ID<Location>? {
        try await clinic.row(
            "SELECT location_id FROM appointment WHERE tenant_id = \(clinic.tenant) AND id = \(id)")
    }

    /// Appointments that begin in the window, after the last one seen, in the order (start, id). A page is a
    /// span of the index; with each filter it is a statement of its own, so that each is planned for what it
    /// asks.
    static func page(_ wish: AppointmentWish, in tenant: TenantID) -> SQL {
        let reach = wish.reach.bound(on: reached, in: tenant)
        let practitioner: SQL = if let id = wish.practitioner { "AND practitioner_id = \(id)" } else { "" }
        let patient: SQL = if let id = wish.patient { "AND patient_id = \(id)" } else { "" }
        return """
            SELECT \(columns)\(wish.views(in: tenant)) FROM appointment
            WHERE tenant_id = \(tenant) AND (starts_at, id) > (\(wish.after.start), \(wish.after.id))
              AND starts_at < \(wish.until) \(reach) \(practitioner) \(patient)
            ORDER BY starts_at, id LIMIT \(wish.limit)
            """
    }

    /// Calls the appointment off and gives back what it took. The history stays: the row is never deleted.
    static func cancel(
        _ id: ID<Appointment>, version: Int32, reason: String, by caller: UniqueID?, at now: Instant,
        in clinic: borrowing Transaction
    ) async throws -> Appointment? {
        release(id, in: clinic)
        return try await clinic.row(
            """
            UPDATE appointment
            SET stage = 'cancelled', version = version + 1, cancelled_at = \(now), cancelled_by = \(caller),
                cancel_reason = \(reason)
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND version = \(version)
            RETURNING \(columns)
            """, as: Appointment.self)
    }

    /// Gives back what the appointment took.
    static func release(_ id: ID<Appointment>, in clinic: borrowing Transaction) {
        clinic.queue("DELETE FROM reservation WHERE tenant_id = \(clinic.tenant) AND appointment_id = \(id)")
    }

    /// Says which appointment takes its place, which must be there already. Nil: somebody was faster.
    static func replace(
        _ id: ID<Appointment>, version: Int32, with successor: ID<Appointment>,
        in clinic: borrowing Transaction
    ) async throws -> Appointment? {
        try await clinic.row(
            """
            UPDATE appointment
            SET stage = 'rescheduled', version = version + 1, rescheduled_to = \(successor)
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND version = \(version)
            RETURNING \(columns)
            """, as: Appointment.self)
    }
}

extension AppointmentWish {
    /// The column of `SeenAppointment`, where not everybody's everything is shown.
    fileprivate func views(in tenant: TenantID) -> SQL {
        guard let sight else { return "" }
        return ", \(sight.column(on: Appointment.reached, in: tenant))"
    }
}

/// An appointment, and in which views of whoever asks it is.
struct SeenAppointment: FromRow {
    let appointment: Appointment
    let views: Int32

    init(_ row: inout Row) throws { (appointment, views) = (try Appointment(&row), try row.next()) }

    /// What whoever asks is shown of it.
    func shown(by sight: Sight) -> Shown<Appointment> {
        Shown(appointment, hiding: sight.hidden(inViews: views))
    }
}

/// An appointment, and the specialty whose word its kind of visit is: another one may have the same word.
struct PromisedVisit: FromRow {
    let appointment: Appointment
    let plugin: PluginID

    init(_ row: inout Row) throws {
        (appointment, plugin) = (try Appointment(&row), PluginID(text: try row.next()))
    }
}

extension Appointment.Stage: ColumnWritable {}
