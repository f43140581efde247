import Access
import EndpointKit
import Identity
import Roles
public import Shapes
import Tenancy
import Vocabulary

/// Whether somebody may do something, and why.
public struct AccessExplanation: Output {
    /// What one of their roles says to it.
    public struct Voice: Output {
        let line: Explanation.Line

        /// The answer's members.
        public static let shape = OutputShape<Voice> {
            Out("role", "The role.", example: "receptionist") { $0.line.given.role.text }
            Out("location", "Where they hold it; null for the whole clinic.") { $0.line.given.location }
            Out("until", "Until when; null for good.") { $0.line.given.until }
            Out("says", "What the role says, for programs.", example: "allowed") { $0.line.code }
            Out("words", "The same for people.") { $0.line.words }
        }
    }

    let isAllowed: Bool
    let rule: String
    let permission: String?
    let voices: [Voice]

    /// Of whoever may not sign in no role is heard.
    init(_ operation: AskedOperation, _ explanation: Explanation?, of person: Colleague) {
        permission = operation.act?.permission.name
        voices = (explanation?.lines ?? []).map(Voice.init)
        switch (operation.audience, explanation) {
        case (.anyone, _): (isAllowed, rule) = (true, "Whoever can reach the clinic may ask this.")
        case _ where !person.isActive: (isAllowed, rule) = (false, "They do not work here any more.")
        case (_, let explanation?): (isAllowed, rule) = (explanation.isAllowed, explanation.rule)
        case (_, nil): (isAllowed, rule) = (true, "Whoever has signed in may ask this.")
        }
    }

    /// The answer's members.
    public static let shape = OutputShape<AccessExplanation> {
        Out("allowed", "Whether they may.") { $0.isAllowed }
        Out("rule", "The rule that decides, for people.") { $0.rule }
        Out("permission", "What it needs; null where none is needed.") { $0.permission }
        Out("roles", "What each of their roles says to it, the oldest first.") { $0.voices }
    }
}
