public import Database
import JSON
import Outbox
import Tenancy
public import Vocabulary

extension SuspicionBook {
    /// Writes the patterns that were seen since the last time, clinic by clinic, and tells each that has
    /// severe ones. What cannot be written now is counted again.
    public func settle(in database: Database, at now: Instant) async throws {
        var fault: (any Error)?
        for (tenant, events) in takePatterns(at: now) {
            do {
                try await database.clinic(tenant).write { clinic in
                    for event in events { clinic.queue(event.upsert(at: now, in: tenant)) }
                    let due: [DueAlert] = try await clinic.rows(SecurityEvent.alert(at: now, in: tenant))
                    for alert in due { Outbox.record(SecurityNoticed(alert), in: clinic) }
                }
            } catch {
                putBack(events, of: tenant)
                fault = error
            }
        }
        if let fault { throw fault }
    }
}

/// Something was seen that somebody should look at today.
struct SecurityNoticed: Event {
    static let kind = "security.noticed"

    let subject: ID<SecurityEvent>
    private let pattern: String

    init(_ alert: DueAlert) { (subject, pattern) = (alert.id, alert.kind) }

    var version: Int32 { 1 }

    func writePayload(to writer: inout JSONWriter) { writer.member("pattern", pattern) }
}
