import Database
import JSON
import Messaging
import Outbox
import Records
import Scheduling
import Tenancy
import Vocabulary

/// An event that can be followed, and its bytes: written once, however many are told.
final class LiveEvent: Sendable {
    let tenant: TenantID
    let position: OutboxPosition
    let practitioner: ID<Practitioner>?
    let patient: ID<Patient>?
    let location: ID<Location>?
    /// Whom alone it concerns; nil for what is about an appointment.
    let person: UniqueID?
    /// One JSON object.
    let json: [UInt8]
    /// The same as a server-sent event.
    let frame: [UInt8]

    private static let shown = "notification.shown"

    /// Nil for what is about no appointment and tells nobody of something to read.
    init?(_ event: RecordedEvent, _ names: EventNames) {
        guard event.kind.hasPrefix("appointment.") || event.kind == Self.shown,
            let facts = try? JSON(parsing: event.payload.bytes).objectValue
        else { return nil }
        (tenant, position) = (event.tenant, event.position)
        practitioner = facts["practitioner"]?.stringValue.flatMap { ID(text: $0) }
        patient = facts["patient"]?.stringValue.flatMap { ID(text: $0) }
        location = facts["location"]?.stringValue.flatMap { ID(text: $0) }
        person = facts["person"]?.stringValue.flatMap { UniqueID(uuidText: $0) }
        let name = names.name(of: event.position, in: event.tenant).text
        json = Self.json(of: event, name)
        frame = Array("id: \(name)\nevent: \(event.kind)\ndata: ".utf8) + json + [10, 10]
    }

    private static func json(of event: RecordedEvent, _ name: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("id", name)
            writer.member("kind", event.kind)
            if event.kind == shown {
                writer.member("notification", ID<ShownMessage>(event.subject))
            } else {
                writer.member("appointment", ID<Appointment>(event.subject))
            }
            writer.member("version", event.version)
            writer.member("at", event.at)
            writer.key("facts")
            writer.raw(bytes: event.payload.bytes)
        }
        return writer.bytes
    }
}
