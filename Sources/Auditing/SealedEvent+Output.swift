import EndpointKit
import JSON
public import Shapes
import Vocabulary

extension SealedEvent: Output {
    /// A line of the trail as an auditor sees it.
    public static let shape = OutputShape<SealedEvent> {
        Out("id", "The event.") { $0.id }
        Out("at", "When the request arrived.") { $0.at }
        Out(
            "caller_kind", "Who did it: `staff`, `patient`, `integration`, `system` or `nobody`.",
            example: "staff"
        ) { $0.callerKind }
        Out("caller_id", "Which of them.") { $0.callerID }
        Out("caller_role", "The role that allowed it.", example: "receptionist") { $0.callerRole }
        Out("act", "What was done.", example: "appointments.create") { $0.act }
        Out("outcome", "How it ended: `done`, `denied` or `refused`.", example: "done") { $0.outcome }
        Out("subject_kind", "To what kind of thing.", example: "appointment") { $0.subjectKind }
        Out("subject_id", "To which; null for a list.") { $0.subjectID }
        Out("purpose", "What for, if the caller said.", example: "treatment") { $0.purpose }
        Out("address", "From where.", example: "203.0.113.7") { $0.address }
        Out("request_id", "By which request, as the logs name it.") { $0.requestID }
        Out("detail", "More about it; of a change the old and new values, as `before` and `after`.") {
            $0.facts
        }
    }

    private var facts: JSON { (try? JSON(parsing: detail)) ?? .null }
}
