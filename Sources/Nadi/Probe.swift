import Database
import EventLoop
import JSON
import JobQueue
import Outbox
import Tenancy
import Vocabulary

/// A job that only says that it was carried out, as an event of its clinic: by it a developer sees, and the
/// tests from outside prove, what the queue promises. In production nobody handles it and nothing leaves one.
/// Its lane is not the relay's, so that what a queue costs can be told from what is made of the events.
struct Probe: Job {
    static let kind = "probe"
    static let lane = Lane.reminder
    static let retries = Retries(tries: 12, first: .milliseconds(100), longest: .seconds(2))

    let number: Int64
    /// How long it takes.
    let milliseconds: Int64
    /// Fails always.
    let isPoison: Bool
    let subject: UniqueID

    func writePayload(to writer: inout JSONWriter) {
        writer.member("number", number)
        writer.member("milliseconds", milliseconds)
        writer.member("poison", isPoison)
        writer.member("subject", subject.uuidText)
    }

    func run(in context: JobContext) async throws -> JobOutcome {
        try await EventLoop.current?.sleep(for: .milliseconds(milliseconds))
        if isPoison { throw ProbeIsPoison() }
        return try await context.finish { clinic in Outbox.record(Arrived(probe: self), in: clinic) }
    }

    private struct ProbeIsPoison: Error {}

    /// The probe was carried out.
    private struct Arrived: Event {
        static let kind = "probe.arrived"
        let probe: Probe
        var subject: ID<WaitingJob> { ID(probe.subject) }
        var version: Int32 { Int32(clamping: probe.number) }

        func writePayload(to writer: inout JSONWriter) { writer.member("number", probe.number) }
    }
}

extension Probe {
    init(payload: JSON) throws {
        guard let number = payload["number"]?.integerValue,
            let milliseconds = payload["milliseconds"]?.integerValue,
            let isPoison = payload["poison"]?.boolValue,
            let subject = payload["subject"]?.stringValue.flatMap({ UniqueID(uuidText: $0) })
        else { throw HopelessJob("the probe cannot be read") }
        (self.number, self.milliseconds, self.isPoison, self.subject) = (
            number, milliseconds, isPoison, subject
        )
    }
}
