public import Access
import Database
public import EndpointKit
import Records
public import Shapes
import Tenancy
import Vocabulary

/// The free slots of a practitioner.
public struct FindSlots: Endpoint {
    /// `GET /v1/availability`
    public static let route = Route.get("/v1/availability")
    /// What it does.
    public static let summary = "The free slots of a practitioner."
    /// What a caller must know.
    public static let details = """
        Slots are computed for this answer from weekly hours, reservations and the clinic's rules, and kept for nobody: \
        between this answer and a booking somebody else may be faster. `POST /v1/holds` keeps one for some minutes; what is \
        held is no free slot, for its holder neither.
        """
    /// Whoever may read the time table.
    public static let access = Access<Permit<SeeAvailability>>.permitted()
    /// Generous: a desk leafs through weeks.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.query, "Whose slots.") var practitioner: ID<Practitioner>
    @In(.query, "The first day, on the location's calendar.") var from: Day
    @In(.query, "How many days.", .within(1...31)) var days = 7
    @In(.query, "The kind of visit; the clinic's first when it is not said.", .length(1...100))
    var visitType: String?
    @In(.query, "Where; needed at a clinic with several locations.") var location: ID<Location>?

    /// Inputs still empty.
    public init() {}

    /// Reads hours and reservations at once and computes the rest.
    public func respond(to permit: Permit<SeeAvailability>) async throws -> FoundSlots {
        let place = try permit.place(location, at: "/query/location")
        let visit = try permit.tenant.visit(visitType, at: place, pointer: "/query/visit_type")
        let span = Slot.covering(from, days: days, for: visit, in: place.zone)
        let wish = WorkingDays.of(
            practitioner, at: place.id, during: span, visit: visit, ReservationsInForce(now: permit.now),
            in: permit.tenant.id)
        guard let found: WorkingDays = try await permit.clinic.row(wish) else {
            throw Problem.invalidInput([.unknown("/query/practitioner", "practitioner")])
        }
        guard found.isFit else { throw Problem.invalidInput([.unfit("/query/practitioner")]) }
        let availability = found.availability(of: visit, at: place)
        return FoundSlots(
            practitioner: practitioner, location: place.id, zone: place.zone.identifier,
            visitType: visit.name,
            slots: FreeSlots(slots: availability.slots(from: from, days: days, now: permit.now)))
    }
}

/// When and where a practitioner could see somebody.
public struct FoundSlots: Output {
    let practitioner: ID<Practitioner>
    let location: ID<Location>
    let zone: String
    let visitType: String
    let slots: FreeSlots

    /// The slots and what they hold for.
    public static let shape = OutputShape<FoundSlots> {
        Out("practitioner", "Whose slots.") { $0.practitioner }
        Out("location", "Where.") { $0.location }
        Out("zone", "The location's IANA zone, in which the days were counted.", example: "Europe/Bucharest")
        { $0.zone }
        Out("visit_type", "The kind of visit that fits.", example: "consultation") { $0.visitType }
        Out("slots", "Free slots, earliest first, in UTC.") { $0.slots }
    }
}

extension Slot {
    /// Whatever a visit that begins on one of the days could take: from midnight to midnight on the
    /// location's calendar, the last visit, and the longest buffers around them. Where clocks are put back
    /// over midnight, a day goes on after its end.
    static func covering(_ first: Day, days: Int, for visit: BookableVisit, in zone: Zone) -> Slot {
        let from = zone.instant(of: ClinicTime(first, minute: 0))
        let to = zone.instant(of: ClinicTime(first + days, minute: 0)) + clockChangeMax
        return Slot(from: from - bufferMax, to: to + .seconds(visit.rules.minutes * 60) + bufferMax)
    }

    /// No clock is put back further.
    private static let clockChangeMax = Duration.seconds(2 * 3600)
}
