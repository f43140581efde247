public import Access
import Database
public import EndpointKit
import Identity
import Outbox
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Books an appointment.
public struct BookAppointment: Endpoint {
    /// `POST /v1/appointments`
    public static let route = Route.post("/v1/appointments")
    /// What it does.
    public static let summary = "Book an appointment."
    /// What a caller must know.
    public static let details = """
        Either everything that the visit needs is taken, or nothing is: 409 names all that was taken by somebody else, 422 \
        all the rules that the start breaks. A `hold` of the caller's for the same visit is used up by it. One that has ended \
        keeps nobody out: the visit is booked if it still can be, else 409 says that the hold expired.
        """
    /// Whoever may make appointments.
    public static let access = Access<Permit<BookAppointments>>.permitted()
    /// Faster than a desk can type.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// The booking is recorded with its appointment.
    public static let audit = Audit.writes("appointment")
    /// Somebody else may have been faster.
    public static let problems: [ProblemCode] = [.slotTaken, .holdExpired, .conflict]

    @In(.body, "By whom the patient is seen.") var practitioner: ID<Practitioner>
    @In(.body, "Who is seen.") var patient: ID<Patient>
    @In(.body, "When it begins.") var start: Instant
    @In(.body, "The kind of visit; the clinic's first when it is not said.", .length(1...100))
    var visitType: String?
    @In(.body, "Where; needed at a clinic with several locations.") var location: ID<Location>?
    @In(.body, "Why the patient comes, in their words.", .length(1...500)) var reason: String?
    @In(.body, "The hold by which the slot is kept for the caller.") var hold: ID<Hold>?

    /// Inputs still empty.
    public init() {}

    /// Asks the database to take everything at once; only when it refuses is it asked why.
    public func respond(to permit: Permit<BookAppointments>) async throws -> Created<Appointment> {
        var booking = try await permit.wanted(wish)
        booking.hold = try await permit.hold(hold, keeping: booking)
        return try await book(booking, by: permit)
    }

    private var wish: SlotWish {
        SlotWish(
            practitioner: practitioner, patient: patient, start: start, visitType: visitType,
            location: location, reason: reason)
    }

    private func book(
        _ booking: WantedAppointment, by permit: Permit<BookAppointments>
    ) async throws -> Created<Appointment> {
        // Some rules need no rows; who breaks them is told everything else that is wrong as well.
        guard booking.isTimely else {
            throw try await booking.obstacles(in: permit.clinic).problem ?? WantedAppointment.unlucky
        }
        return try await WantedAppointment.trying { isClearing in
            try await permit.write { clinic in
                booking.insert(in: clinic, clearing: isClearing)
                AuditTrail.record(
                    AuditEvent(BookAppointments.permission, of: "appointment", booking.id.unique)
                        .about(patient.unique), by: permit, in: clinic)
                Outbox.record(AppointmentBooked(appointment: booking.appointment), in: clinic)
                return Created(booking.appointment, at: Appointment.path(of: booking.id))
            }
        } else: {
            try await booking.obstacles(in: permit.clinic).problem
        }
    }
}
