public import Access
import Database
public import EndpointKit
import Identity
public import Shapes
import Tenancy
import Vocabulary

/// Reads one appointment.
public struct ReadAppointment: Endpoint {
    /// `GET /v1/appointments/{appointment}`
    public static let route = Route.get("/v1/appointments/{appointment}")
    /// What it does.
    public static let summary = "Read an appointment."
    /// Whoever may read appointments.
    public static let access = Access<Permit<SeeAppointment>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked at whose appointment is kept.
    public static let audit = Audit.reads("appointment")

    @In(.path, "The appointment.") var appointment: ID<Appointment>

    /// Inputs still empty.
    public init() {}

    /// An appointment of another clinic, or one that the caller does not reach, is not there.
    public func respond(to permit: Permit<SeeAppointment>) async throws -> Shown<Appointment> {
        let sight = permit.sight(of: Appointment.shape)
        let seen: SeenAppointment = try await permit.found(
            Appointment.withID(appointment, within: sight, in: permit.tenant.id),
            recording: try await event(of: permit))
        return seen.shown(by: sight)
    }

    /// Whose appointment it is is asked beforehand only by whoever acts for one patient, such as in an
    /// emergency.
    private func event(of permit: Permit<SeeAppointment>) async throws -> AuditEvent {
        let event = AuditEvent(SeeAppointment.permission, of: "appointment", appointment.unique)
        guard permit.rights.contains(where: { $0.basis.patient != nil }) else { return event }
        let patient = try await permit.clinic.row(
            Appointment.patient(of: appointment, in: permit.tenant.id), as: UniqueID.self)
        return patient.map(event.about) ?? event
    }
}
