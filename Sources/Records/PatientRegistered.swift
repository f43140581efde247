import JSON
import Outbox
import Vocabulary

/// Somebody has become a patient of the clinic.
struct PatientRegistered: Event {
    static let kind = "patient.registered"

    let patient: Patient

    var subject: ID<Patient> { patient.id }
    var version: Int32 { patient.version }

    /// The id is all there is to tell: the rest is the patient's own.
    func writePayload(to writer: inout JSONWriter) { writer.member("patient", patient.id) }
}
