import JSON
import Outbox
import Records
import Vocabulary

/// Somebody has been promised a time.
struct AppointmentBooked: Event {
    static let kind = "appointment.booked"

    let appointment: Appointment

    var subject: ID<Appointment> { appointment.id }
    var version: Int32 { appointment.version }

    func writePayload(to writer: inout JSONWriter) { appointment.writeFacts(to: &writer) }
}

/// A promise has been replaced by another, which has a fact of its own: it names this one.
struct AppointmentRescheduled: Event {
    static let kind = "appointment.rescheduled"

    let appointment: Appointment

    var subject: ID<Appointment> { appointment.id }
    var version: Int32 { appointment.version }

    func writePayload(to writer: inout JSONWriter) { appointment.writeFacts(to: &writer) }
}

/// A promise has been called off, and what it took is free again.
struct AppointmentCancelled: Event {
    static let kind = "appointment.cancelled"

    let appointment: Appointment

    var subject: ID<Appointment> { appointment.id }
    var version: Int32 { appointment.version }

    func writePayload(to writer: inout JSONWriter) { appointment.writeFacts(to: &writer) }
}

extension Appointment {
    /// Who, where and when, by id: enough for a receiver to look the rest up, and nothing that is anybody's
    /// secret. The reason, which the patient gave, stays where it is.
    fileprivate func writeFacts(to writer: inout JSONWriter) {
        writer.member("practitioner", practitioner)
        writer.member("patient", patient)
        writer.member("location", location)
        writer.member("visit_type", visitType)
        writer.member("start", slot.start)
        writer.member("end", slot.end)
        writer.member("zone", zone)
        if let rescheduledFrom { writer.member("rescheduled_from", rescheduledFrom) }
        if let rescheduledTo { writer.member("rescheduled_to", rescheduledTo) }
    }
}
