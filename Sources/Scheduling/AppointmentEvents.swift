import JSON
import Outbox
import Records
import Vocabulary

/// Something happened to a promise: who, where and when, by id, enough for a receiver to look the rest up,
/// and nothing that is anybody's secret. The reason, which the patient gave, stays where it is.
protocol OfAppointment: Event where Subject == Appointment {
    var appointment: Appointment { get }
}

extension OfAppointment {
    var subject: ID<Appointment> { appointment.id }
    var version: Int32 { appointment.version }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("practitioner", appointment.practitioner)
        writer.member("patient", appointment.patient)
        writer.member("location", appointment.location)
        writer.member("visit_type", appointment.visitType)
        writer.member("start", appointment.slot.start)
        writer.member("end", appointment.slot.end)
        writer.member("zone", appointment.zone)
        if let earlier = appointment.rescheduledFrom { writer.member("rescheduled_from", earlier) }
        if let later = appointment.rescheduledTo { writer.member("rescheduled_to", later) }
    }
}

/// Somebody has been promised a time.
struct AppointmentBooked: Event, OfAppointment {
    static let kind = "appointment.booked"

    let appointment: Appointment
}

/// A promise has been replaced by another, which has a fact of its own: it names this one.
struct AppointmentRescheduled: Event, OfAppointment {
    static let kind = "appointment.rescheduled"

    let appointment: Appointment
}

/// A promise has been called off, and what it took is free again.
struct AppointmentCancelled: Event, OfAppointment {
    static let kind = "appointment.cancelled"

    let appointment: Appointment
}
