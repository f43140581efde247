import Access
import Database
import EndpointKit
import Identity
import Records
import Shapes
import Tenancy
import Vocabulary

/// A visit that somebody asks for, as they said it.
struct SlotWish {
    let practitioner: ID<Practitioner>
    let patient: ID<Patient>
    let start: Instant
    let visitType: String?
    let location: ID<Location>?
    var reason: String? = nil
}

extension Permit {
    /// The wish with everything that it would take; throws what is wrong with it whatever the rows say.
    func wanted(_ wish: SlotWish) async throws -> WantedAppointment {
        let place = try location(wish.location, at: "/location")
        try await requireReach(of: wish.patient, at: place)
        let visit = try tenant.visit(wish.visitType, at: place, pointer: "/visit_type")
        return WantedAppointment(
            id: .random(at: now), patient: wish.patient, practitioner: wish.practitioner, location: place.id,
            visit: visit, slot: Slot(from: wish.start, minutes: visit.rules.minutes), zone: place.zone,
            reason: wish.reason, createdBy: caller.id, createdAt: now)
    }

    /// The hold that was named, if it is the caller's and keeps this very visit; nil where none was named.
    func hold(_ id: ID<Hold>?, keeping wanted: WantedAppointment) async throws -> Hold? {
        guard let id else { return nil }
        let found: Hold? = try await clinic.row(Hold.withID(id, of: caller.id, in: tenant.id))
        guard let found else { throw Problem.invalidInput([.unknown("/hold", "hold")]) }
        let complaints = found.complaints(about: wanted)
        guard complaints.isEmpty else { throw Problem.invalidInput(complaints) }
        return found
    }
}
