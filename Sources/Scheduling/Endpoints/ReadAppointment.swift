public import Access
public import EndpointKit
import Shapes
import Tenancy
import Vocabulary

/// Reads one appointment.
public struct ReadAppointment: Endpoint {
    /// `GET /v1/appointments/{appointment}`
    public static let route = Route.get("/v1/appointments/{appointment}")
    /// What it does.
    public static let summary = "Read an appointment."
    /// Whoever may read appointments.
    public static let access = Access<Permit<SeeAppointments>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked at whose appointment is kept.
    public static let audit = Audit.reads("appointment")

    @In(.path, "The appointment.") var appointment: ID<Appointment>

    /// Inputs still empty.
    public init() {}

    /// An appointment of another clinic, of another patient than the one who asks, or at a location that the
    /// caller does not work at, is not there.
    public func respond(to permit: Permit<SeeAppointments>) async throws -> Appointment {
        let found: [Appointment] = try await permit.rows(
            Appointment.withID(appointment, in: permit.tenant.id),
            recording: AuditEvent(SeeAppointments.permission, of: "appointment", appointment.unique))
        guard let found = found.first, permit.reaches(found) else { throw Problem.notFound }
        return found
    }
}
