import Records
import Tenancy
import Vocabulary

/// An appointment that somebody wants, with all that it would take: decided before the database is asked, so
/// that the asking is one write.
struct WantedAppointment {
    let id: ID<Appointment>
    let patient: ID<Patient>
    let practitioner: ID<Practitioner>
    let location: ID<Location>
    let visit: BookableVisit
    let slot: Slot
    let zone: Zone
    let reason: String?
    /// The appointment whose place it takes.
    var rescheduledFrom: ID<Appointment>? = nil
    let createdBy: UniqueID?
    /// The moment it is judged at.
    let createdAt: Instant
    /// The hold by which its slot was kept, perhaps until a while ago.
    var hold: Hold? = nil

    /// The appointment as it will be, if it will be.
    var appointment: Appointment {
        Appointment(
            id: id, patient: patient, practitioner: practitioner, location: location, visitType: visit.name,
            slot: slot, zone: zone.identifier, stage: .booked, version: 1,
            reason: reason, rescheduledFrom: rescheduledFrom, rescheduledTo: nil,
            createdAt: createdAt, cancelledAt: nil, cancelReason: nil)
    }

    /// What the wall clock of the location shows during the visit.
    var pieces: [WallPiece] { WallPiece.of(slot, in: zone) }

    /// The hold, while it keeps the slot.
    var holdInForce: Hold? { hold.flatMap { $0.isInForce(at: createdAt) ? $0 : nil } }

    /// What keeps this one out.
    var inForce: ReservationsInForce { ReservationsInForce(now: createdAt, beside: holdInForce) }

    /// The moment at which notice and horizon are judged: a hold keeps the promise that it was made with.
    var askedAt: Instant { holdInForce?.heldAt ?? createdAt }

    /// Whether it keeps all the rules that need no rows: the clinic's notice and horizon, and whole minutes.
    var isTimely: Bool {
        let window = visit.rules.window(at: askedAt, in: zone)
        return slot.start >= window.start && slot.start < window.end && slot.start.isWholeMinute
    }

    /// What the practitioner is taken for.
    var practitionersTime: Slot { visit.rules.reserved(for: slot) }

    /// How many resources are taken if all goes well.
    var reservationCount: Int { 2 + visit.things.reduce(0) { $0 + $1.count } }

    /// What must be locked, in the one order that all bookings keep.
    func lockKeys(in tenant: TenantID) -> [Int64] {
        var keys = [
            LockKey.resource(practitioner.unique, of: tenant), LockKey.resource(patient.unique, of: tenant),
        ]
        keys += visit.things.map { LockKey.things(tagged: $0.tag, at: location.unique, of: tenant) }
        return keys.sorted()
    }
}
