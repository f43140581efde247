import Access
import EndpointKit
import Identity
import Records
import Tenancy
import Vocabulary

extension Permit {
    /// The patient who calls: for them there are no appointments but their own, wherever those are. Nil for
    /// staff, whose appointments are those of their locations.
    var onlyPatient: ID<Patient>? { caller.kind == .patient ? ID(caller.id) : nil }

    /// Whether the caller may have to do with the appointment; otherwise it is not there.
    func reaches(_ appointment: Appointment) -> Bool {
        onlyPatient.map { $0 == appointment.patient } ?? locations.contains(appointment.location)
    }

    /// Whether the caller may have to do with appointments at the location.
    func reaches(_ location: ID<Location>) -> Bool { onlyPatient != nil || locations.contains(location) }

    /// Patients call off and move in time for somebody else to come; the desk does so whenever it must.
    func requireNotice(of appointment: Appointment) throws(Problem) {
        guard onlyPatient != nil,
            let hours = tenant.location(appointment.location)?.booking.cancellationNoticeHours
        else { return }
        guard appointment.slot.start - now >= .seconds(3600 * hours) else {
            throw .refused(
                "Less than \(hours) hours before its start an appointment is changed by calling the clinic.")
        }
    }
}
