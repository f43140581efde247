import EventLoop
import JSON
import Live
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Whoever watches", .timeLimit(.minutes(2)))
struct FollowJourney {
    private static let starts = ["07:00", "07:30", "08:00", "08:30", "09:00", "09:30"]
        .map { "2027-01-04T\($0):00Z" }

    /// Books the next free half hour; the appointment's id.
    private static func book(_ place: Int, at clinic: JourneyHouse.Clinic) async throws -> String {
        let booked = try await clinic.book(starts[place])
        #expect(booked.status == 201)
        return try #require(try booked.parsed["id"]?.stringValue)
    }

    /// Follows from now on: the first block says from where.
    private static func follow(_ target: String, by caller: WireCaller) async throws -> EventReader {
        let reader = try await EventReader(target, by: caller)
        #expect(try await reader.next()?.id != nil)
        return reader
    }

    private static func appointment(in event: ServerSentEvent?) throws -> String? {
        try JSON(parsing: Array((event?.data ?? "{}").utf8))["appointment"]?.stringValue
    }

    @Test("is told at once what was booked and cancelled at their clinic, and nothing of another one")
    func told() async throws {
        try await JourneyHouse.open { house in
            let target = "/v1/events?topics=appointments"
            let desk = try await EventReader(target, by: house.first.desk)
            let other = try await Self.follow(target, by: house.second.desk)
            #expect(desk.status == 200 && desk.head.contains("content-type: text/event-stream"))
            #expect(
                desk.head.contains("cache-control: no-store") && desk.head.contains("x-accel-buffering: no"))
            #expect(
                try await desk.next()?.id != nil, "a position to come back to, before anything has happened")
            let booked = try await Self.book(0, at: house.first)
            let event = try #require(try await desk.nextEvent())
            #expect(event.kind == "appointment.booked")
            #expect(try Self.appointment(in: event) == booked)
            let facts = try #require(try JSON(parsing: Array((event.data ?? "").utf8))["facts"]?.objectValue)
            #expect(facts["start"]?.stringValue == Self.starts[0])
            #expect(
                Set(facts.members.map(\.name)) == [
                    "practitioner", "patient", "location", "visit_type", "start", "end", "zone",
                ],
                "ids and times, nothing that a person said or is called")
            let cancel = "/v1/appointments/\(booked)/cancel"
            #expect(
                try await house.first.desk.send("POST", cancel, json: #"{"reason": "Is well again."}"#).status
                    == 200)
            #expect(try await desk.nextEvent()?.kind == "appointment.cancelled")
            let own = try await Self.book(0, at: house.second)
            #expect(
                try Self.appointment(in: await other.nextEvent()) == own,
                "the other clinic's first is its own")
        }
    }

    @Test("comes back with the last id and has missed nothing, and hears nothing twice")
    func resume() async throws {
        try await JourneyHouse.open { house in
            let target = "/v1/events?topics=appointments"
            var booked: [String] = [], heard: [String] = []
            var last: String?
            for round in 0..<3 {
                let fields = last.map { [("Last-Event-ID", $0)] } ?? []
                let desk = try await EventReader(target, by: house.first.desk, fields: fields)
                if round == 0 { last = try await desk.next()?.id }
                // One while watching, one that is missed.
                booked.append(try await Self.book(2 * round, at: house.first))
                while heard.count < booked.count, let event = try await desk.nextEvent() {
                    heard.append(try #require(try Self.appointment(in: event)))
                    last = event.id
                }
                booked.append(try await Self.book(2 * round + 1, at: house.first))
            }
            let desk = try await EventReader(
                target, by: house.first.desk, fields: [("Last-Event-ID", try #require(last))])
            heard.append(try #require(try Self.appointment(in: await desk.nextEvent())))
            #expect(heard == booked)
            await #expect(throws: EventReader.Silence.self) {
                try await desk.nextEvent(within: .milliseconds(400))
            }
        }
    }

    @Test("is told by topic: one practitioner's, one location's, or refused")
    func topics() async throws {
        try await JourneyHouse.open { house in
            let (desk, cast) = (house.first.desk, house.first.cast)
            let stranger = ID<Appointment>.random(at: JourneyHouse.now).text.dropFirst(4)
            let mine = try await Self.follow("/v1/events?topics=appointments.\(cast.practitioner)", by: desk)
            let here = try await Self.follow("/v1/events?topics=appointments.\(cast.location)", by: desk)
            let nobody = try await Self.follow("/v1/events?topics=appointments.prc_\(stranger)", by: desk)
            let booked = try await Self.book(0, at: house.first)
            #expect(try Self.appointment(in: await mine.nextEvent()) == booked)
            #expect(try Self.appointment(in: await here.nextEvent()) == booked)
            await #expect(throws: EventReader.Silence.self) {
                try await nobody.nextEvent(within: .milliseconds(300))
            }
            for (query, status) in [
                ("?topics=appointments.own", 403), ("?topics=patients", 422), ("", 422),
                ("?topics=appointments.prc_1", 422),
                ("?topics=" + Array(repeating: "appointments", count: 9).joined(separator: "&topics="), 422),
            ] { #expect(try await desk.send("GET", "/v1/events\(query)").status == status, "\(query)") }
            for wrong in [
                "yesterday", "7431-1029", "evt_", "evt_zzzzzzzzzzzzzzzzzzzzzzzzzz", "apt_\(stranger)",
            ] {
                let fields = [("Last-Event-ID", wrong)]
                let answer = try await desk.send("GET", "/v1/events?topics=appointments", fields: fields)
                #expect(answer.status == 422, "\(wrong)")
            }
            let signedOut = WireCaller(port: desk.port, host: desk.host)
            #expect(try await signedOut.send("GET", "/v1/events?topics=appointments").status == 401)
        }
    }

    @Test("hears nothing more once the role is gone, the clinic is suspended, or the server closes")
    func endings() async throws {
        try await JourneyHouse.open { house in
            let target = "/v1/events?topics=appointments"
            for (clinic, script) in [
                (
                    house.first,
                    "UPDATE staff_role SET role = 'pharmacist' WHERE role ~ '^rec' AND tenant_id ="
                ),
                (house.second, "UPDATE tenant SET suspended_at = now() WHERE id ="),
            ] {
                let (desk, tenant) = (try await EventReader(target, by: clinic.desk), clinic.tenant.id.number)
                #expect(try await desk.next()?.id != nil)
                try await house.place.script("SET app.tenant_id = \(tenant); \(script) \(tenant)")
                let end = try #require(try await desk.nextEvent())
                #expect(end.kind == "end" && end.data == #"{"reason":"not_allowed"}"#)
                #expect(try await desk.next() == nil)
            }
        }
        try await JourneyHouse.open { house in
            let desk = try await EventReader("/v1/events?topics=appointments", by: house.first.desk)
            #expect(try await desk.next()?.id != nil)
            house.live.drain()
            let end = try #require(try await desk.nextEvent())
            #expect(end.data == #"{"reason":"draining"}"#)
            #expect((1_000...5_000).contains(end.retry ?? 0))
            #expect(try await desk.next() == nil)
        }
    }

    @Test("is told to read anew when the position is none of this outbox")
    func reset() async throws {
        try await JourneyHouse.open { house in
            let target = "/v1/events?topics=appointments"
            let other = try #require(try await EventReader(target, by: house.second.desk).next()?.id)
            #expect(other.hasPrefix("evt_"), "a name, no number that all clinics count together")
            let fields = [("Last-Event-ID", other)]
            let desk = try await EventReader(target, by: house.first.desk, fields: fields)
            #expect(try await desk.nextEvent()?.kind == "reset", "another clinic's place is none here")
            let booked = try await Self.book(0, at: house.first)
            #expect(try Self.appointment(in: await desk.nextEvent()) == booked)
        }
    }
}
