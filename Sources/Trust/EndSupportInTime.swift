import Access
import Database
public import JSON
public import JobQueue
public import Vocabulary

/// Writes down that a support grant's time is over, and tells of it. Nobody comes in or stays by it from that
/// moment on, whether or not this has run.
public struct EndSupportInTime: Job {
    /// Never renamed.
    public static let kind = "end-support"
    /// Those who run the clinic are told.
    public static let lane = Lane.notification

    /// Which grant.
    public let grant: ID<SupportGrant>

    /// Ends this one.
    init(grant: ID<SupportGrant>) { self.grant = grant }

    /// Reads which grant.
    public init(payload: JSON) throws {
        guard let id = payload["grant"]?.stringValue.flatMap({ ID<SupportGrant>(text: $0) }) else {
            throw HopelessJob("The payload names no support grant.")
        }
        grant = id
    }

    /// Writes which grant.
    public func writePayload(to writer: inout JSONWriter) { writer.member("grant", grant) }

    func enqueue(at end: Instant, in clinic: borrowing Transaction) {
        JobQueue.enqueue(self, key: grant.text, notBefore: end, in: clinic)
    }

    /// Ends it with a line in the trail, and takes the job away with the same commit. What somebody has ended
    /// before is over already.
    public func run(in context: JobContext) async throws -> JobOutcome {
        try await context.finish { clinic in try await end(in: clinic) }
    }

    func end(in clinic: borrowing Transaction) async throws {
        let found: SupportGrant? = try await clinic.row(SupportGrant.over(grant, in: clinic.tenant))
        let read: Instant? = try await clinic.row(SupportGrant.clock)
        guard let over = found, let now = read else { return }
        let ended = over.end(at: over.endsAt, by: nil, in: clinic)
        let event = AuditEvent(
            act: "support.end", of: "support_grant", ended.id.unique,
            detail: ["because": "its time is over"])
        AuditTrail.record(event, bySystemAt: now, in: clinic)
    }
}
