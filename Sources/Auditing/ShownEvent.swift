import Access
import JSON
public import Shapes
import Vocabulary

/// A line of the trail as an auditor sees it.
public struct ShownEvent: Output {
    let event: SealedEvent
    /// Of which subjects the auditor may see values.
    let subjects: Set<Subject>

    /// The answer's members.
    public static let shape = OutputShape<ShownEvent> {
        Out("id", "The event.") { $0.event.id }
        Out("at", "When the request arrived.") { $0.event.at }
        Out(
            "caller_kind", "Who did it: `staff`, `patient`, `support`, `integration`, `system` or `nobody`.",
            example: "staff"
        ) { $0.event.callerKind }
        Out("caller_id", "Which of them.") { $0.event.callerID }
        Out("caller_role", "The role that allowed it.", example: "receptionist") { $0.event.callerRole }
        Out("act", "What was done.", example: "appointments.create") { $0.event.act }
        Out("outcome", "How it ended: `done`, `denied` or `refused`.", example: "done") { $0.event.outcome }
        Out("subject_kind", "To what kind of thing.", example: "appointment") { $0.event.subjectKind }
        Out("subject_id", "To which; null for a list.") { $0.event.subjectID }
        Out("purpose", "What for, if the caller said.", example: "treatment") { $0.event.purpose }
        Out("address", "From where.", example: "203.0.113.7") { $0.event.address }
        Out("request_id", "By which request, as the logs name it.") { $0.event.requestID }
        Out("detail", "More about it.") { $0.facts }
        Out("changes", "Of a change to how the clinic is set up: each place, from what, to what.") {
            $0.changes
        }
    }

    private var whole: JSONObject { (try? JSON(parsing: event.detail))?.objectValue ?? [:] }

    private var facts: JSON {
        var facts = whole
        facts["changes"] = nil
        return .object(facts)
    }

    private var changes: [ToldChange] {
        (whole["changes"]?.arrayValue ?? []).compactMap(ToldChange.init).map { $0.shown(to: subjects) }
    }
}
