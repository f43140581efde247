import Access
import Records
import Vocabulary

/// Which appointments somebody wants to see, in the order (start, id).
struct AppointmentWish {
    let after: AppointmentPlace
    let until: Instant
    let practitioner: ID<Practitioner>?
    let patient: ID<Patient>?
    /// Where the caller may see appointments.
    let locations: LocationReach
    let limit: Int
}

/// A place in the order of a clinic's appointments.
struct AppointmentPlace {
    let start: Instant
    let id: ID<Appointment>

    /// Before every appointment that begins then or later: no id is all zeroes.
    static func before(_ start: Instant) -> AppointmentPlace {
        AppointmentPlace(start: start, id: ID(UniqueID(high: 0, low: 0)))
    }
}
