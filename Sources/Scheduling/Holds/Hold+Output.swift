public import Shapes
import Vocabulary

extension Hold: Output {
    /// What its holder sees of a hold.
    public static let shape = OutputShape<Hold> {
        Out("id", "The hold.") { $0.id }
        Out("practitioner", "By whom the patient is to be seen.") { $0.practitioner }
        Out("patient", "Who is to be seen.") { $0.patient }
        Out("location", "Where.") { $0.location }
        Out("visit_type", "The kind of visit, in the specialty's words.", example: "consultation") {
            $0.visitType
        }
        Out("start", "When the visit would begin.") { $0.slot.start }
        Out("end", "When the visit would end.") { $0.slot.end }
        Out("zone", "The IANA zone by whose wall clock it was agreed.", example: "Europe/Bucharest") {
            $0.zone
        }
        Out("held_at", "Since when the slot is kept.") { $0.heldAt }
        Out("until", "Until when the slot is kept.") { $0.until }
    }

    /// Where a hold can be read.
    static func path(of id: ID<Hold>) -> String { "/v1/holds/\(id.text)" }
}
