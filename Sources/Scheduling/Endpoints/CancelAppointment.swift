public import Access
import Database
public import EndpointKit
import Identity
import Outbox
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Calls an appointment off.
public struct CancelAppointment: Endpoint {
    /// `POST /v1/appointments/{appointment}/cancel`
    public static let route = Route.post("/v1/appointments/{appointment}/cancel")
    /// What it does.
    public static let summary = "Cancel an appointment."
    /// What a caller must know.
    public static let details =
        "What the appointment took is free again at once; the appointment itself stays readable."
    /// Whoever may void appointments.
    public static let access = Access<Permit<CancelAppointments>>.permitted()
    /// Faster than a desk can type.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// The cancellation is recorded with its appointment.
    public static let audit = Audit.writes("appointment")
    /// It may have been called off already, or be over.
    public static let problems: [ProblemCode] = [.notFound, .conflict, .refused]

    @In(.path, "The appointment.") var appointment: ID<Appointment>
    @In(.body, "Why, for whoever asks later.", .length(3...500)) var reason: String

    /// Inputs still empty.
    public init() {}

    /// Reads the appointment, decides, and changes exactly the version that was read.
    public func respond(to permit: Permit<CancelAppointments>) async throws -> Appointment {
        try await permit.write { clinic in
            let tenant = clinic.tenant
            let found: Appointment = try await clinic.found(
                Appointment.withID(appointment, within: permit.reach, in: tenant))
            guard found.stage.isCancellable else {
                throw Problem.conflict("An appointment that is \(found.stage.words) cannot be cancelled.")
            }
            try permit.requireNotice(of: found)
            let cancelled = try await Appointment.cancel(
                appointment, version: found.version, reason: reason, by: permit.caller.id, at: permit.now,
                in: clinic)
            guard let cancelled else {
                throw Problem.conflict("Somebody else has just changed this appointment.")
            }
            AuditTrail.record(
                AuditEvent(CancelAppointments.permission, of: "appointment", appointment.unique)
                    .about(found.patient.unique), by: permit, in: clinic)
            Outbox.record(AppointmentCancelled(appointment: cancelled), in: clinic)
            return cancelled
        }
    }
}
