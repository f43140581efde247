public import Access
import Database
public import EndpointKit
import Identity
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Tells whether an appointment could be made, and if not, why.
public struct ExplainAppointment: Endpoint {
    /// `POST /v1/appointments/explain`
    public static let route = Route.post("/v1/appointments/explain")
    /// What it does.
    public static let summary =
        "Tell whether an appointment could be booked now, and if not, everything that stands in the way."
    /// What a caller must know.
    public static let details = """
        Ask it as you would book. It is decided by the rules by which a booking is: `possible` means that the same words to \
        `POST /v1/appointments` would book it now, unless somebody is faster; what that would complain of is named here, and \
        more. By whom something is taken is never told.
        """
    /// Whoever may make appointments.
    public static let access = Access<Permit<ExplainAppointments>>.permitted()
    /// Faster than a desk can type.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who was told what a patient's time is taken for is kept.
    public static let audit = Audit.reads("appointment")
    /// Nothing is done that a key could keep from being done twice.
    public static let idempotency = Idempotency.none

    @In(.body, "By whom the patient would be seen.") var practitioner: ID<Practitioner>
    @In(.body, "Who would be seen.") var patient: ID<Patient>
    @In(.body, "When it would begin.") var start: Instant
    @In(.body, "The kind of visit; the clinic's first when it is not said.", .length(1...100))
    var visitType: String?
    @In(.body, "Where; needed at a clinic with several locations.") var location: ID<Location>?
    @In(.body, "The hold by which the slot is kept for the caller.") var hold: ID<Hold>?

    /// Inputs still empty.
    public init() {}

    /// What is refused before anything is read, such as a patient who is not theirs, is all that they are
    /// told.
    public func respond(to permit: Permit<ExplainAppointments>) async throws -> AppointmentExplanation {
        var wanted: WantedAppointment
        do { wanted = try await permit.wanted(wish) } catch let problem as Problem {
            return AppointmentExplanation(try Obstacle.all(in: problem))
        }
        var obstacles: [Obstacle] = []
        do { wanted.hold = try await permit.hold(hold, keeping: wanted) } catch let problem as Problem {
            obstacles = try Obstacle.all(in: problem)
        }
        let around = try await Surroundings.of(wanted, by: permit)
        obstacles += around.obstacles
        if obstacles.contains(where: { $0.code == StartFlaw.outsideHours.rawValue }),
            try await permit.clinic.row(wanted.isOpen(in: permit.tenant.id)) == false
        {
            obstacles.append(.closed)
        }
        let place = permit.tenant.location(wanted.location)
        return AppointmentExplanation(
            obstacles, nearest: place.map { around.nearest(at: $0, now: permit.now) } ?? [])
    }

    private var wish: SlotWish {
        SlotWish(
            practitioner: practitioner, patient: patient, start: start, visitType: visitType,
            location: location)
    }
}
