import Access
import Database
import EndpointKit
import Identity
import Records
import Tenancy
import Vocabulary

extension Permit {
    /// Whether the caller may promise this patient something there: at a location of theirs to anybody,
    /// elsewhere to those whom they reach wherever they are. To a patient nobody else is known; to others a
    /// patient whom they do not reach is as one who is not there.
    func requireReach(of patient: ID<Patient>, at place: Location) async throws {
        let reach = reach
        if reach.locations.contains(place.id) || reach.patients.contains(patient.unique) { return }
        if caller.kind == .patient { throw Problem.invalidInput([.unknown("/patient", "patient")]) }
        guard let carer = reach.carer,
            try await clinic.row(carer.cares(for: patient, in: tenant.id), as: Bool.self) == true
        else { throw Problem.notAllowed }
    }

    /// Patients call off and move in time for somebody else to come; the desk does so whenever it must.
    func requireNotice(of appointment: Appointment) throws(Problem) {
        guard caller.kind == .patient,
            let hours = tenant.location(appointment.location)?.booking.cancellationNoticeHours
        else { return }
        guard appointment.slot.start - now >= .seconds(3600 * hours) else {
            throw .refused(
                "Less than \(hours) hours before its start an appointment is changed by calling the clinic.")
        }
    }
}
