import Messaging
import Scheduling
import Vocabulary

/// An appointment as its patient is told of it.
struct AppointmentFacts {
    let version: Int32
    let stage: Appointment.Stage
    let start: Instant
    let zone: String
    let patient: UniqueID
    let phone: String?
    let email: String?
    let language: String
    let practitioner: String
    let location: String
    let clinic: SpeakingClinic

    /// Names and a time. Why somebody comes, and for what kind of visit, stays where it is.
    var content: MessageContent {
        var content = MessageContent(languages: clinic.languages(after: language), zone: zone)
        (content.recipient, content.phone, content.email) = (patient, phone, email)
        content.facts = [
            "clinic": .text(clinic.name), "practitioner": .text(practitioner), "location": .text(location),
            "time": .time(start),
        ]
        return content
    }
}
