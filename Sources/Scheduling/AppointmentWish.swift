import Access
import Records
import Vocabulary

/// Which appointments somebody wants to see, in the order (start, id).
struct AppointmentWish {
    let after: AppointmentPlace
    let until: Instant
    let practitioner: ID<Practitioner>?
    let patient: ID<Patient>?
    /// Whose the caller may see.
    let reach: PatientReach
    /// What of which, where they are not shown everything of all of them.
    var sight: Sight? = nil
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
