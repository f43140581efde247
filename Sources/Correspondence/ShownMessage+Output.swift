import EndpointKit
import Identity
import JSON
import Messaging
public import Shapes
import Tenancy
import Vocabulary

/// A message that is shown to whoever calls, in words.
public struct ReadableMessage: Output {
    let message: ShownMessage
    let title: String
    let text: String

    init(_ message: ShownMessage, in tenant: Tenant) {
        self.message = message
        let zones = Dictionary(
            tenant.locations.map { ($0.zone.identifier, $0.zone) }, uniquingKeysWith: { first, _ in first })
        (title, text) = message.words(in: tenant.configuration.languages) { zones[$0] }
    }

    /// The answer's members.
    public static let shape = OutputShape<ReadableMessage> {
        Out("id", "The message.") { $0.message.id }
        Out("kind", "What it tells of.", example: "appointment.booked") { $0.message.template }
        Out("title", "What it says in a few words.", example: "A new appointment") { $0.title }
        Out("text", "What it says.", example: "4 January, 09:00") { $0.text }
        Out("about", "What it is about: a kind and an id.") { About(message: $0.message) }
        Out("at", "When it happened.") { $0.message.shownAt }
        Out("read_at", "When it was read; null until then.") { $0.message.readAt }
    }

    /// What a message is about.
    struct About: Output {
        let message: ShownMessage

        static let shape = OutputShape<About> {
            Out("kind", "What sort of thing.", example: "appointment") { $0.message.subjectKind }
            Out("id", "Which one, as a UUID.") { $0.message.subject.uuidText }
        }
    }
}

extension CallerRequest {
    /// Whoever calls, as messages are shown to them; the platform's people, programs and the system are shown
    /// none.
    func reader() throws(Problem) -> ShownMessage.Person {
        switch caller.kind {
        case .staff: ShownMessage.Person(.staff, caller.id)
        case .patient: ShownMessage.Person(.patient, caller.id)
        case .support, .integration, .system: throw .notAllowed
        }
    }
}
