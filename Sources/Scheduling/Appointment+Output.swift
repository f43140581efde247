import JSON
import Records
public import Shapes
import Tenancy
import Vocabulary

extension Appointment: Output {
    /// What a caller sees of an appointment.
    public static let shape = OutputShape<Appointment> {
        Out("id", "The appointment.") { $0.id }
        Out("practitioner", "By whom the patient is seen.") { $0.practitioner }
        Out("patient", "Who is seen.", part: "person") { $0.patient }
        Out("location", "Where.") { $0.location }
        Out("visit_type", "The kind of visit, in the specialty's words.", example: "consultation") {
            $0.visitType
        }
        Out("start", "When it begins.") { $0.slot.start }
        Out("end", "When it ends.") { $0.slot.end }
        Out("zone", "The IANA zone by whose wall clock it was agreed.", example: "Europe/Bucharest") {
            $0.zone
        }
        Out("stage", "Where it stands.") { $0.stage }
        Out("reason", "Why the patient comes.", part: "person") { $0.reason }
        Out("rescheduled_from", "The appointment whose place it took.") { $0.rescheduledFrom }
        Out("rescheduled_to", "The appointment that took its place.") { $0.rescheduledTo }
        Out("version", "Counts the changes; the ETag is made of it.", example: 1) { $0.version }
        Out("created_at", "When it was booked.") { $0.createdAt }
        Out("cancelled_at", "When it was called off.") { $0.cancelledAt }
        Out("cancel_reason", "Why it was called off.", part: "person") { $0.cancelReason }
    }

    /// An appointment has revisions, so that nobody changes one they have not seen.
    public static var isVersioned: Bool { true }

    /// The version.
    public var revision: String? { "\(version)" }

    /// Where an appointment can be read.
    static func path(of id: ID<Appointment>) -> String { "/v1/appointments/\(id.text)" }
}

extension Appointment.Stage: WireValue {}
