import JSON
import Outbox
import Vocabulary

/// Somebody has something new to read: for whoever looks at that moment, and nobody else.
struct MessageShown: Event {
    static let kind = "notification.shown"

    let message: ID<ShownMessage>
    let person: ShownMessage.Person

    var subject: ID<ShownMessage> { message }
    var version: Int32 { 1 }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("person_kind", person.kind.rawValue)
        writer.member("person", person.id.uuidText)
    }
}
