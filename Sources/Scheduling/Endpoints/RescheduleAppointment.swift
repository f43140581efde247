public import Access
import JSON
import Database
public import EndpointKit
import Identity
import Outbox
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Promises another time in the place of one that was promised.
public struct RescheduleAppointment: Endpoint {
    /// `POST /v1/appointments/{appointment}/reschedule`
    public static let route = Route.post("/v1/appointments/{appointment}/reschedule")
    /// What it does.
    public static let summary = "Move an appointment to another time."
    /// What a caller must know.
    public static let details = """
        A new appointment takes the place of the old one, and each names the other. Until the new one is certain the old \
        one stands: 409 names all that was taken by somebody else, 422 all the rules that the start breaks. An appointment \
        of a specialty that the clinic has switched off since stands as it is, and can be cancelled.
        """
    /// Whoever may change appointments.
    public static let access = Access<Permit<RescheduleAppointments>>.permitted()
    /// Faster than a desk can type.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// The change is recorded with both appointments.
    public static let audit = Audit.writes("appointment")
    /// It may be over, or somebody else may have been faster.
    public static let problems: [ProblemCode] = [
        .notFound, .slotTaken, .conflict, .pluginDisabled, .refused,
    ]

    @In(.path, "The appointment.") var appointment: ID<Appointment>
    @In(.body, "When it is to begin.") var start: Instant
    @In(.body, "By whom the patient is seen, if not by the same practitioner.")
    var practitioner: ID<Practitioner>?
    @In(.body, "Where, if not at the same location.") var location: ID<Location>?

    /// Inputs still empty.
    public init() {}

    /// Gives back what the old one took and books the new one, both or neither. Only when the database
    /// refuses is it asked why.
    public func respond(to permit: Permit<RescheduleAppointments>) async throws -> Created<Appointment> {
        try await WantedAppointment.trying { isClearing in
            try await permit.write { try await move(by: permit, clearing: isClearing, in: $0) }
        } else: {
            try await problem(for: permit)
        }
    }

    private func move(
        by permit: Permit<RescheduleAppointments>, clearing isClearing: Bool,
        in clinic: borrowing Transaction
    ) async throws -> Created<Appointment> {
        let promised = try await movable(by: permit, in: clinic), old = promised.appointment
        let booking = try await wanted(instead: promised, permit)
        guard booking.isTimely else {
            throw try await look(booking, instead: old, in: clinic) ?? WantedAppointment.unlucky
        }
        Appointment.release(old.id, in: clinic)
        booking.insert(in: clinic, clearing: isClearing)
        let moved = try await Appointment.replace(
            old.id, version: old.version, with: booking.id, in: clinic)
        guard let moved else { throw Problem.conflict("Somebody else has just changed this appointment.") }
        let event = AuditEvent(
            RescheduleAppointments.permission, of: "appointment", old.id.unique,
            detail: ["replaced_by": .string(booking.id.text)])
        AuditTrail.record(event.about(old.patient.unique), by: permit, in: clinic)
        Outbox.record(AppointmentRescheduled(appointment: moved), in: clinic)
        Outbox.record(AppointmentBooked(appointment: booking.appointment), in: clinic)
        return Created(booking.appointment, at: Appointment.path(of: booking.id))
    }

    /// The appointment, if the caller may move it and nothing of it has happened yet.
    private func movable(
        by permit: Permit<RescheduleAppointments>, in clinic: borrowing Transaction
    ) async throws -> PromisedVisit {
        let found: PromisedVisit = try await clinic.found(
            Appointment.withPlugin(appointment, within: permit.reach, in: clinic.tenant))
        let stage = found.appointment.stage
        guard stage.isMovable else {
            throw Problem.conflict("An appointment that is \(stage.words) cannot be moved.")
        }
        try permit.requireNotice(of: found.appointment)
        return found
    }

    private func wanted(
        instead promised: PromisedVisit, _ permit: Permit<RescheduleAppointments>
    ) async throws -> WantedAppointment {
        let old = promised.appointment
        let place = try permit.location(location ?? old.location, at: "/location")
        try await permit.requireReach(of: old.patient, at: place)
        let visit = try permit.tenant.visit(promised, at: place, pointer: "/location")
        return WantedAppointment(
            id: .random(at: permit.now), patient: old.patient, practitioner: practitioner ?? old.practitioner,
            location: place.id, visit: visit, slot: Slot(from: start, minutes: visit.rules.minutes),
            zone: place.zone, reason: old.reason, rescheduledFrom: old.id, createdBy: permit.caller.id,
            createdAt: permit.now)
    }

    /// Why it was refused: asked in a transaction in which the old appointment takes nothing any more, and
    /// which is undone. Nil when nothing stands in the way any more.
    private func problem(for permit: Permit<RescheduleAppointments>) async throws -> Problem? {
        do {
            return try await permit.clinic.write { clinic in
                let promised = try await movable(by: permit, in: clinic)
                let booking = try await wanted(instead: promised, permit)
                throw Found(problem: try await look(booking, instead: promised.appointment, in: clinic))
            }
        } catch let found as Found {
            return found.problem
        }
    }

    private func look(
        _ booking: WantedAppointment, instead old: Appointment, in clinic: borrowing Transaction
    ) async throws -> Problem? {
        Appointment.release(old.id, in: clinic)
        return try await booking.obstacles(in: clinic).problem
    }

    /// What was found, thrown so that what was done for the sake of looking is undone.
    private struct Found: Error {
        let problem: Problem?
    }
}
