import JSON
import Records
import Scheduling
import Tenancy
import Testing
import TestKit
import Vocabulary

@Suite("A person's story", .timeLimit(.minutes(2)))
struct BookingJourney {
    @Test(
        "Asha becomes a patient, is booked, sees her appointment, and cancels it"
    )
    func booking() async throws {
        try await JourneyHouse.open { house in
            let desk = house.first.desk
            let asha = try await desk.send(
                "POST", "/v1/patients",
                json: #"{"name": "Asha Iyer", "birth_date": "1990-02-03", "phone": "+919876543210"}"#)
            #expect(asha.status == 201)
            let practitioner = try #require(
                try await desk.json("/v1/practitioners")["items"]?.arrayValue?.first?["id"]?.stringValue)
            let days = "/v1/availability?practitioner=\(practitioner)&from=2027-01-04&days=7"
            let slots = try #require(try await desk.json(days)["slots"]?.arrayValue)
            // Nine to twelve on a Monday in Bucharest, which is two hours ahead of UTC in January.
            #expect(slots.count == 6)
            #expect(slots.first?["start"]?.stringValue == "2027-01-04T07:00:00Z")
            let wish = try wish(
                practitioner, patient: asha.parsed["id"]?.stringValue, start: "2027-01-04T07:00:00Z")

            let key = [("Idempotency-Key", "first-visit")]
            let booked = try await desk.send("POST", "/v1/appointments", fields: key, json: wish)
            #expect(booked.status == 201)
            let path = try #require(booked["location"])
            let again = try await desk.send("POST", "/v1/appointments", fields: key, json: wish)
            #expect(
                again.status == 201 && again.body == booked.body && again["idempotency-replayed"] == "true")

            let taken = try await desk.send("POST", "/v1/appointments", json: wish)
            #expect(taken.status == 409)
            #expect(
                try taken.parsed["conflicts"]?.arrayValue?.map { $0["kind"]?.stringValue } == [
                    "practitioner", "patient", "room",
                ])
            #expect(try await desk.json(days)["slots"]?.arrayValue?.count == 5)

            let seen = try await desk.send("GET", path)
            #expect(seen.status == 200 && seen.body == booked.body)
            let etag = try #require(seen["etag"])
            #expect(try await desk.send("GET", path, fields: [("If-None-Match", etag)]).status == 304)

            let because = #"{"reason": "Feels well again."}"#
            let cancelled = try await desk.send("POST", "\(path)/cancel", json: because)
            #expect(cancelled.status == 200)
            #expect(try cancelled.parsed["stage"]?.stringValue == "cancelled")
            #expect(try await desk.send("POST", "\(path)/cancel", json: because).status == 409)
            #expect(try await desk.json(days)["slots"]?.arrayValue?.count == 6)
        }
    }

    @Test("every rule that a start breaks is named in one answer, and nothing is stored")
    func rules() async throws {
        try await JourneyHouse.open { house in
            let clinic = house.first
            for (start, codes) in [
                ("2027-01-04T07:10:00Z", ["off_step"]), ("2027-01-04T10:00:00Z", ["outside_hours"]),
                ("2026-01-04T07:00:00Z", ["too_soon", "outside_hours"]),
                ("2028-01-03T07:00:00Z", ["beyond_horizon"]),
            ] {
                let wish = try wish(
                    clinic.cast.practitioner.text, patient: clinic.cast.patient.text, start: start)
                let reply = try await clinic.desk.send("POST", "/v1/appointments", json: wish)
                #expect(reply.status == 422)
                #expect(
                    try reply.parsed["errors"]?.arrayValue?.map { $0["code"]?.stringValue } == codes,
                    "\(start)")
            }
            #expect(try await house.count("appointment") == 0)
        }
    }

    @Test("pages follow one another without a gap or a repetition, and tell the clinic's list in order")
    func pages() async throws {
        try await JourneyHouse.open { house in
            let clinic = house.first
            var booked: [String] = []
            for slot in 0..<6 {
                let start = Instant(seconds: 1_799_046_000 + Int64(slot) * 1800).text
                let wish = try wish(
                    clinic.cast.practitioner.text, patient: clinic.cast.patient.text, start: start)
                let reply = try await clinic.desk.send("POST", "/v1/appointments", json: wish)
                #expect(reply.status == 201)
                booked.append(try reply.parsed["id"]?.stringValue ?? "")
            }
            let list = "/v1/appointments?from=2027-01-04T00:00:00Z&to=2027-01-05T00:00:00Z&limit=4"
            let first = try await clinic.desk.json(list)
            let cursor = try #require(first["next"]?.stringValue)
            let second = try await clinic.desk.json("\(list)&cursor=\(cursor)")
            let seen = [first, second].flatMap { $0["items"]?.arrayValue ?? [] }.map { $0["id"]?.stringValue }
            #expect(seen == booked)
            #expect(second["next"] == .null)
            let stranger = try await house.second.desk.send("GET", "\(list)&cursor=\(cursor)")
            #expect((400...422).contains(stranger.status))
        }
    }

    @Test("the clinic next door sees of all this what it would see of nothing")
    func stranger() async throws {
        try await JourneyHouse.open { house in
            let (own, other) = (house.first, house.second)
            let wish = try wish(
                own.cast.practitioner.text, patient: own.cast.patient.text, start: "2027-01-04T07:00:00Z")
            let path = try #require(
                try await own.desk.send("POST", "/v1/appointments", json: wish)["location"])
            let unknown = "/v1/appointments/\(ID<Appointment>.random(at: JourneyHouse.now).text)"
            for method in [("GET", ""), ("POST", "/cancel")] {
                let because = method.0 == "POST" ? #"{"reason": "Not mine."}"# : nil
                let foreign = try await other.desk.send(method.0, path + method.1, json: because)
                let nobodys = try await other.desk.send(method.0, unknown + method.1, json: because)
                #expect(foreign.status == 404)
                #expect(foreign.withoutRequestID == nobodys.withoutRequestID)
            }
            let stolen = try await other.desk.send("POST", "/v1/appointments", json: wish)
            #expect(stolen.status == 422)
            var thief = own.desk
            thief.host = other.desk.host
            #expect(try await thief.send("GET", path).status == 403)
            #expect(try await house.count("appointment") == 1)
        }
    }

    @Test("what was done and seen is in the trail once each, and told to the outbox in the same breath")
    func trail() async throws {
        try await JourneyHouse.open { house in
            let clinic = house.first
            let wish = try wish(
                clinic.cast.practitioner.text, patient: clinic.cast.patient.text,
                start: "2027-01-04T07:00:00Z")
            let path = try #require(
                try await clinic.desk.send("POST", "/v1/appointments", json: wish)["location"])
            _ = try await clinic.desk.send("POST", "/v1/appointments", json: wish)
            _ = try await clinic.desk.send("GET", path)
            _ = try await clinic.desk.send("POST", "\(path)/cancel", json: #"{"reason": "Feels well."}"#)
            let acts = try await house.rows(
                "SELECT act FROM audit_event WHERE act LIKE 'appointments.%' ORDER BY act")
            #expect(acts == ["appointments.create", "appointments.read", "appointments.void"])
            let events = try await house.rows("SELECT kind || subject_version FROM outbox ORDER BY sequence")
            #expect(events == ["appointment.booked1", "appointment.cancelled2"])
        }
    }

    @Test("patients are found by how their names begin, in order and page by page, by their own clinic alone")
    func patients() async throws {
        try await JourneyHouse.open { house in
            let (own, other) = (house.first.desk, house.second.desk)
            for name in ["Zoya Zaman", "zora Zaman", "Zubin Zaman", "Yusuf Zaman"] {
                let reply = try await own.send(
                    "POST", "/v1/patients",
                    json: #"{"name": "\#(name)", "birth_date": "1990-02-03", "phone": "+919876543210"}"#)
                #expect(reply.status == 201)
            }
            func names(_ page: JSON) -> [String?] {
                (page["items"]?.arrayValue ?? []).map { $0["name"]?.stringValue }
            }
            let first = try await own.json("/v1/patients?name=ZO&limit=1")
            #expect(names(first) == ["zora Zaman"])
            let cursor = try #require(first["next"]?.stringValue)
            let second = try await own.json("/v1/patients?name=ZO&limit=1&cursor=\(cursor)")
            #expect(names(second) == ["Zoya Zaman"])
            #expect(second["next"] == .null)
            #expect(names(try await own.json("/v1/patients?name=Z%25")) == [])
            #expect(names(try await own.json("/v1/patients?name=Zaman")) == [])
            #expect(names(try await other.json("/v1/patients?name=Z")) == [])
            // Who searched is kept; what they typed is a name and is not.
            let trail = try await house.rows(
                "SELECT detail::text FROM audit_event WHERE act = 'demographics.read'")
            #expect(trail == Array(repeating: "{}", count: 5))
        }
    }

    private func wish(_ practitioner: String, patient: String?, start: String) throws -> String {
        let patient = try #require(patient)
        return #"{"practitioner": "\#(practitioner)", "patient": "\#(patient)", "start": "\#(start)"}"#
    }
}

extension WireReply {
    var parsed: JSON { get throws { try JSON(parsing: body) } }

    /// The code of a problem; nil where the answer is none.
    func code() throws -> String? { try parsed["code"]?.stringValue }

    /// The body but for the member that names the request.
    var withoutRequestID: String {
        text.split(separator: ",").filter { !$0.contains("request_id") }.joined(separator: ",")
    }
}

extension WireCaller {
    /// The body of a page that is there.
    func json(_ target: String) async throws -> JSON {
        let reply = try await send("GET", target)
        #expect(reply.status == 200, "\(target): \(reply.text)")
        return try reply.parsed
    }
}

extension JourneyHouse {
    /// One column of the first clinic's rows.
    func rows(_ sql: String) async throws -> [String?] {
        let rows = try await place.script("SET app.tenant_id = '\(first.tenant.id.number)'; \(sql)")
        return rows.map { $0[0] }
    }

    /// How many rows a table has, of all clinics.
    func count(_ table: String) async throws -> Int {
        Int(try await rows("SELECT count(*)::text FROM \(table)")[0] ?? "") ?? -1
    }
}
