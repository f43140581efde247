import Database
import JSON
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
    /// One JSON object.
    let json: [UInt8]
    /// The same as a server-sent event.
    let frame: [UInt8]

    /// Nil for what is about no appointment.
    init?(_ event: RecordedEvent) {
        guard event.kind.hasPrefix("appointment."),
            let facts = try? JSON(parsing: event.payload.bytes).objectValue
        else { return nil }
        (tenant, position) = (event.tenant, event.position)
        practitioner = facts["practitioner"]?.stringValue.flatMap { ID(text: $0) }
        patient = facts["patient"]?.stringValue.flatMap { ID(text: $0) }
        location = facts["location"]?.stringValue.flatMap { ID(text: $0) }
        json = Self.json(of: event)
        frame = Array("id: \(event.position.text)\nevent: \(event.kind)\ndata: ".utf8) + json + [10, 10]
    }

    private static func json(of event: RecordedEvent) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("id", event.position.text)
            writer.member("kind", event.kind)
            writer.member("appointment", ID<Appointment>(event.subject))
            writer.member("version", event.version)
            writer.member("at", event.at)
            writer.key("facts")
            writer.raw(bytes: event.payload.bytes)
        }
        return writer.bytes
    }
}
