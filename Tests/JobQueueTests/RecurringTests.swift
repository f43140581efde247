import Database
import EventLoop
import JSON
import JobQueue
import Synchronization
import TestKit
import Testing
import Vocabulary

/// Comes back at nine on every location's wall.
private struct OpenUp: RecurringJob {
    static let kind = "open-up"
    static let lane = Lane.clinicAppointment
    static let recurrence = Recurrence.daily(hour: 9)
    static let per = RecurrencePlace.location
    let location: String

    init(payload: JSON) throws { location = payload["location"]?.stringValue ?? "" }
    func writePayload(to writer: inout JSONWriter) { writer.member("location", location) }
}

/// Comes back every hour, for the clinic.
private struct TidyUp: RecurringJob {
    static let kind = "tidy-up"
    static let lane = Lane.retention
    static let recurrence = Recurrence.hourly
    static let per = RecurrencePlace.clinic

    init(payload: JSON) {}
    func writePayload(to writer: inout JSONWriter) {}
}

@Suite struct RecurringTests {
    /// A clock that the test sets.
    private final class Hands: Sendable {
        private let moment: Mutex<Instant>
        init(_ text: String) { moment = Mutex(Instant(text: text) ?? Instant(seconds: 0)) }
        func set(_ text: String) { moment.withLock { $0 = Instant(text: text) ?? $0 } }
        var clock: WallClock { WallClock { self.moment.withLock { $0 } } }
    }

    @Test("a recurring job comes once a location, by its own wall, however many workers there are")
    func perLocation() async throws {
        try await JobClinic.with(2, loops: 2) { house in
            try await house.place.script(
                """
                INSERT INTO location (tenant_id, id, slug, name, zone)
                SELECT id, ('00000000-0000-7000-8000-00000000000' || n)::uuid, 'l' || n, 'L', zone
                FROM tenant, (VALUES (1, 'Asia/Kolkata'), (2, 'America/New_York')) AS place (n, zone)
                """)
            let hands = Hands("2027-01-04T03:00:00Z"), memory = Memory()
            var handlers = JobHandlers()
            handlers.on(OpenUp.self) { job, context in
                memory.note("\(context.clinic.tenant.number) \(job.location.last ?? " ")")
                return .done
            }
            try await house.work(house.parts(handlers, clock: hands.clock)) {
                try await house.until {
                    let rows = try await house.place.script(
                        "SELECT count(*)::text FROM recurring_job WHERE due_at > '2027-01-01'")
                    return rows[0][0] == "4"
                }
                #expect(memory.all.isEmpty)
                // Nine in Kolkata, night in New York.
                hands.set("2027-01-04T03:30:00Z")
                try await house.until { memory.all.count == 2 }
                #expect(Set(memory.all.map { $0.suffix(1) }) == ["1"])
                // Three days without workers are made up for once.
                hands.set("2027-01-07T15:00:00Z")
                try await house.until { memory.all.count == 6 }
                try await Task.sleep(for: .milliseconds(1500))
                #expect(memory.all.count == 6)
            }
            let next = try await house.place.script(
                """
                SELECT DISTINCT to_char(due_at AT TIME ZONE 'UTC', 'DD HH24:MI')
                FROM recurring_job ORDER BY 1
                """
            )
            #expect(next.compactMap { $0[0] } == ["08 03:30", "08 14:00"])
        }
    }

    @Test(
        "a clinic's recurring job comes every hour, each clinic at a minute of its own"
    )
    func perClinic() async throws {
        try await JobClinic.with(3) { house in
            let hands = Hands("2027-01-04T03:00:00Z"), memory = Memory()
            var handlers = JobHandlers()
            handlers.on(TidyUp.self) { _, context in
                memory.note("\(context.clinic.tenant.number)")
                return .done
            }
            try await house.work(house.parts(handlers, clock: hands.clock)) {
                try await house.until {
                    try await house.place.script(
                        "SELECT count(*)::text FROM recurring_job WHERE due_at > '2027-01-01'")[0][0] == "3"
                }
                hands.set("2027-01-04T05:00:00Z")
                try await house.until { memory.all.count == 3 }
            }
            #expect(Set(memory.all).count == 3)
            let minutes = try await house.place.script("SELECT DISTINCT due_at::text FROM recurring_job")
            #expect(minutes.count == 3)
        }
    }
}
