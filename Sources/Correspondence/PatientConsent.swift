import Database
import JSON
public import Messaging
import Records
public import Shapes
import Vocabulary

/// All that a patient said about messages.
public struct PatientConsent: Output {
    let patient: ID<Patient>
    let words: [MessageConsent]

    /// The answer's members.
    public static let shape = OutputShape<PatientConsent> {
        Out("patient", "The patient.") { $0.patient }
        Out("choices", "What they said, by channel and category.") { $0.words }
    }

    /// It has revisions.
    public static var isVersioned: Bool { true }
    /// Another one whenever another word stands there.
    public var revision: String? { MessageConsent.revision(of: words) }
}

extension MessageConsent: Output {
    /// One word of theirs.
    public static let shape = OutputShape<MessageConsent> {
        Out("channel", "How messages go.") { $0.choice.channel }
        Out("category", "What they are for.") { $0.choice.category }
        Out("wanted", "Whether such messages are wanted.") { $0.wanted }
        Out("said_at", "When it was said.") { $0.saidAt }
        Out("said_by", "Who said it: the desk, they themselves, their guardian, or a link in a mail.") {
            $0.speaker
        }
        Out("guardian", "Which guardian said it; null where none did.") {
            $0.speaker == .guardian ? $0.saidBy.map { ID<Patient>($0) } : nil
        }
    }
}
