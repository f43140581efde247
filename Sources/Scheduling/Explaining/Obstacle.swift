import EndpointKit
public import Shapes

/// One thing that stands in the way of an appointment, told to whoever asks beforehand.
public struct Obstacle: Output, Hashable {
    /// For programs: a complaint's code, or `taken`, `closed`, `not_allowed`.
    let code: String
    /// What was said that it is about.
    let pointer: String
    /// For people.
    let words: String
    /// The rule of the clinic's configuration that says so.
    var rule: String? = nil

    /// The answer's members.
    public static let shape = OutputShape<Obstacle> {
        Out("code", "What stands in the way, for programs.", example: "outside_hours") { $0.code }
        Out("pointer", "JSON pointer to what was sent that it is about.", example: "/start") { $0.pointer }
        Out("words", "The same for people.") { $0.words }
        Out("rule", "The value in the clinic's configuration that says so; null where none does.") {
            $0.rule
        }
    }
}

extension Obstacle {
    /// Nothing else is told to whoever may not book.
    static let notAllowed = Obstacle(
        code: "not_allowed", pointer: "/patient", words: "You may not book this patient at this location.")

    /// The doors of the place are closed, whoever might work there.
    static let closed = Obstacle(
        code: "closed", pointer: "/start", words: "The location is closed at that time.")

    init(_ complaint: Complaint) {
        (code, pointer) = (complaint.code, complaint.pointer)
        words = "The \(Self.noun(of: complaint.pointer)) \(complaint.detail)."
        rule = StartFlaw(rawValue: complaint.code)?.rule
    }

    /// What is taken, and never by whom.
    init(_ conflict: Conflict) {
        code = "taken"
        switch conflict {
        case .practitioner:
            (pointer, words) = ("/practitioner", "The practitioner is taken at that time.")
        case .patient:
            (pointer, words) = ("/patient", "The patient has another appointment at that time.")
        case .things(let kind, let tag):
            (pointer, words) = ("/start", "Not enough of what the visit needs is free: \(kind), \(tag).")
        }
    }

    /// What a booking would be refused with, whatever the rows say; throws what is no refusal.
    static func all(in problem: Problem) throws -> [Obstacle] {
        switch problem.code {
        case .invalidInput: problem.complaints.map(Obstacle.init)
        case .notAllowed: [.notAllowed]
        default: throw problem
        }
    }

    private static func noun(of pointer: String) -> String {
        pointer == "/visit_type" ? "kind of visit" : String(pointer.dropFirst())
    }
}

extension StartFlaw {
    /// Where in the clinic's configuration the rule stands; hours are not there but with their people.
    fileprivate var rule: String? {
        switch self {
        case .tooSoon: "/booking/lead_minutes"
        case .beyondHorizon: "/booking/horizon_days"
        case .offStep: "/booking/slot_step_minutes"
        case .outsideHours: nil
        }
    }
}
