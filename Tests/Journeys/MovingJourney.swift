import JSON
import Scheduling
import Tenancy
import Testing
import TestKit
import Vocabulary

@Suite("An appointment is moved", .timeLimit(.minutes(2)))
struct MovingJourney {
    @Test("the new one takes the old one's place, each names the other, and the old time is free again")
    func moving() async throws {
        try await JourneyHouse.open { house in
            let old = try await booked("2027-01-04T07:00:00Z", at: house.first)
            let moved = try await move(old, to: "2027-01-04T08:00:00Z", at: house.first)
            #expect(moved.status == 201)
            let path = try #require(moved["location"])
            #expect(try moved.parsed["stage"]?.stringValue == "booked")
            let past = try await house.first.desk.json(old)
            #expect(past["stage"]?.stringValue == "rescheduled")
            #expect(past["rescheduled_to"] == (try moved.parsed["id"]))
            #expect(try moved.parsed["rescheduled_from"] == past["id"])
            #expect(try await free(at: house.first) == ["07:00", "07:30", "08:30", "09:00", "09:30"])

            // The old one is over; the new one can be moved and called off like any other.
            #expect(try await move(old, to: "2027-01-04T09:00:00Z", at: house.first).status == 409)
            let again = try await move(path, to: "2027-01-04T07:00:00Z", at: house.first)
            #expect(again.status == 201)
            let last = try #require(again["location"])
            let cancelled = try await house.first.desk.send(
                "POST", "\(last)/cancel", json: #"{"reason": "Feels well again."}"#)
            #expect(cancelled.status == 200)
            #expect(try await move(last, to: "2027-01-04T07:30:00Z", at: house.first).status == 409)
            #expect(try await house.count("reservation") == 0)
            let events = try await house.rows("SELECT kind || subject_version FROM outbox ORDER BY sequence")
            #expect(
                events == [
                    "appointment.booked1", "appointment.rescheduled2", "appointment.booked1",
                    "appointment.rescheduled2", "appointment.booked1", "appointment.cancelled2",
                ])
        }
    }

    @Test("where the new time is not to be had the old one stands, and what stands in the way is all named")
    func refused() async throws {
        try await JourneyHouse.open { house in
            let first = try await booked("2027-01-04T07:00:00Z", at: house.first)
            _ = try await booked("2027-01-04T08:00:00Z", at: house.first)
            let taken = try await move(first, to: "2027-01-04T08:00:00Z", at: house.first)
            #expect(taken.status == 409)
            let kinds = try taken.parsed["conflicts"]?.arrayValue?.map { $0["kind"]?.stringValue }
            #expect(kinds == ["practitioner", "patient", "room"])
            let closed = try await move(first, to: "2027-01-04T12:10:00Z", at: house.first)
            #expect(closed.status == 422)
            #expect(try closed.parsed["errors"]?.arrayValue?.isEmpty == false)
            let late = try await move(first, to: "2028-01-03T07:00:00Z", at: house.first)
            #expect(late.status == 422)
            #expect(try await house.first.desk.json(first)["stage"]?.stringValue == "booked")
            #expect(try await free(at: house.first) == ["07:30", "08:30", "09:00", "09:30"])
            #expect(try await house.count("reservation") == 6)
        }
    }

    @Test("of many who move one appointment at the same time one succeeds")
    func race() async throws {
        try await JourneyHouse.open { house in
            let path = try await booked("2027-01-04T07:00:00Z", at: house.first)
            let starts = ["07:30", "08:00", "08:30", "09:00", "09:30"]
            let statuses = try await withThrowingTaskGroup { group in
                for start in starts {
                    group.addTask {
                        try await move(path, to: "2027-01-04T\(start):00Z", at: house.first).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [201, 409, 409, 409, 409])
            #expect(try await house.count("reservation") == 3)
            #expect(try await free(at: house.first).count == 5)
        }
    }

    @Test(
        "a visit of a specialty that the clinic has switched off stands, and can be called off but not moved")
    func switchedOff() async throws {
        try await JourneyHouse.open { house in
            let path = try await booked("2027-01-04T07:00:00Z", at: house.first)
            let file = JourneyHouse.file.replacing(#"{"journey": {}}"#, with: "{}")
            try await change(house.first, to: file, in: house)
            let moved = try await move(path, to: "2027-01-04T08:00:00Z", at: house.first)
            #expect(try moved.status == 409 && moved.code() == "plugin_disabled", "\(moved.text)")
            #expect(try await house.first.desk.json(path)["stage"]?.stringValue == "booked")
            #expect(try await house.count("reservation") == 3)
            let cancelled = try await house.first.desk.send(
                "POST", "\(path)/cancel", json: #"{"reason": "Goes elsewhere."}"#)
            #expect(cancelled.status == 200, "\(cancelled.text)")
        }
    }

    @Test("a visit is moved as its own specialty's, never as another's that has the same word for one")
    func sameWord() async throws {
        try await JourneyHouse.open { house in
            let path = try await booked("2027-01-04T07:00:00Z", at: house.first)
            for (change, code) in [
                ("plugin = 'retired'", "plugin_disabled"),
                ("plugin = 'journey', visit_type = 'old'", "conflict"),
            ] {
                try await house.place.script("UPDATE appointment SET \(change)")
                let moved = try await move(path, to: "2027-01-04T08:00:00Z", at: house.first)
                #expect(try moved.status == 409 && moved.code() == code, "\(moved.text)")
            }
            try await house.place.script("UPDATE appointment SET visit_type = 'consultation'")
            #expect(try await move(path, to: "2027-01-04T08:00:00Z", at: house.first).status == 201)
        }
    }

    @Test("the clinic next door moves nothing")
    func stranger() async throws {
        try await JourneyHouse.open { house in
            let path = try await booked("2027-01-04T07:00:00Z", at: house.first)
            let unknown = "/v1/appointments/\(ID<Appointment>.random(at: JourneyHouse.now).text)"
            let foreign = try await move(path, to: "2027-01-04T08:00:00Z", at: house.second)
            let nobodys = try await move(unknown, to: "2027-01-04T08:00:00Z", at: house.second)
            #expect(foreign.status == 404)
            #expect(foreign.withoutRequestID == nobodys.withoutRequestID)
        }
    }

    /// The clinic's file is another one from now on, and whoever serves has heard of it.
    private func change(_ clinic: JourneyHouse.Clinic, to file: String, in house: JourneyHouse) async throws {
        let registry = ClinicRegistry(house.place.database, shelf: VisitTypeShelf([JourneyPlugin()]))
        let object = try #require(JSON(parsing: Array(file.utf8)).objectValue)
        try await registry.apply(object, to: clinic.tenant.slug, by: "test", at: house.time.now)
        try await house.settle()
    }

    private func booked(_ start: String, at clinic: JourneyHouse.Clinic) async throws -> String {
        try #require(try await clinic.book(start)["location"])
    }

    private func move(
        _ path: String, to start: String, at clinic: JourneyHouse.Clinic
    ) async throws -> WireReply {
        try await clinic.desk.send("POST", "\(path)/reschedule", json: #"{"start": "\#(start)"}"#)
    }

    /// The free times of that Monday, as UTC's clock shows them.
    private func free(at clinic: JourneyHouse.Clinic) async throws -> [String] {
        let practitioner = clinic.cast.practitioner.text
        let days = "/v1/availability?practitioner=\(practitioner)&from=2027-01-04&days=1"
        let slots = try await clinic.desk.json(days)["slots"]?.arrayValue ?? []
        return slots.compactMap { $0["start"]?.stringValue?.dropFirst(11).prefix(5) }.map(String.init)
    }
}
