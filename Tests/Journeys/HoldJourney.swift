import JSON
import Scheduling
import TestKit
import Testing
import Vocabulary

@Suite("A slot is kept while the form is filled in", .timeLimit(.minutes(2)))
struct HoldJourney {
    private let monday = "2027-01-04T07:00:00Z"

    @Test("Ana keeps a slot; to everybody else it is taken, until she books it")
    func kept() async throws {
        try await JourneyHouse.open { house in
            let ana = try await house.somebody("Ana", "+40721000111")
            let ion = try await house.somebody("Ion", "+40721000222")
            let key = [("Idempotency-Key", "keep")]
            let held = try await house.hold(ana.id, monday, by: ana.caller, fields: key)
            #expect(held.status == 201, "\(held.text)")
            let path = try #require(held["location"]), hold = try #require(try held.parsed["id"]?.stringValue)
            #expect(hold.hasPrefix("kep_") && path == "/v1/holds/\(hold)")
            #expect(try held.parsed["until"]?.stringValue == (house.time.now + .seconds(300)).text)
            let again = try await house.hold(ana.id, monday, by: ana.caller, fields: key)
            #expect(again.body == held.body && again["idempotency-replayed"] == "true")
            #expect(try await ana.caller.json(path) == held.parsed)
            #expect(try await house.free(for: ion.caller) == 5)

            let unknown = "/v1/holds/\(ID<Hold>.random(at: JourneyHouse.now).text)"
            for caller in [ion.caller, house.first.desk, house.second.desk] {
                for method in ["GET", "DELETE"] {
                    let foreign = try await caller.send(method, path)
                    let nobodys = try await caller.send(method, unknown)
                    #expect(foreign.status == 404)
                    #expect(foreign.withoutRequestID == nobodys.withoutRequestID)
                }
            }
            #expect(try await house.book(ion.id, monday, by: ion.caller).status == 409)
            #expect(try await house.hold(ion.id, monday, by: ion.caller).status == 409)
            let stolen = try await house.book(ion.id, monday, hold: hold, by: ion.caller)
            let invented = try await house.book(
                ion.id, monday, hold: ID<Hold>.random(at: JourneyHouse.now).text, by: ion.caller)
            #expect(stolen.status == 422 && stolen.withoutRequestID == invented.withoutRequestID)

            let booked = try await house.book(ana.id, monday, hold: hold, by: ana.caller)
            #expect(booked.status == 201, "\(booked.text)")
            #expect(try await ana.caller.send("GET", path).status == 404)
            #expect(try await house.book(ana.id, monday, hold: hold, by: ana.caller).status == 422)
            #expect(try await house.count("hold") == 0)
            #expect(try await house.count("reservation") == 3)
            let events = try await house.rows(
                "SELECT kind FROM outbox WHERE kind !~ 'patient' ORDER BY sequence")
            #expect(events == ["hold.placed", "appointment.booked"])
            let trail = try await house.rows(
                """
                SELECT act || ' ' || outcome FROM audit_event WHERE subject_kind = 'hold'
                ORDER BY act, outcome
                """)
            let nothing = Array(repeating: "appointments.read denied", count: 7)
            #expect(trail == ["appointments.create done"] + nothing + ["appointments.read done"])
        }
    }

    @Test("what is let go is free at once, and what ends by itself is free at its end, with no sweep")
    func ended() async throws {
        try await JourneyHouse.open { house in
            let ana = try await house.somebody("Ana", "+40721000111")
            let ion = try await house.somebody("Ion", "+40721000222")
            let first = try await house.hold(ana.id, monday, by: ana.caller)
            let path = try #require(first["location"])
            #expect(try await ana.caller.send("DELETE", path).status == 204)
            #expect(try await ana.caller.send("DELETE", path).status == 404)
            #expect(try await house.free(for: ion.caller) == 6)
            #expect(
                try await house.rows("SELECT kind FROM outbox WHERE kind ~ 'hold' ORDER BY sequence")
                    == ["hold.placed", "hold.released"])

            let lost = try await house.hold(ana.id, monday, by: ana.caller)
            let kept = try await house.hold(ana.id, "2027-01-04T08:00:00Z", by: ana.caller)
            house.time.pass(.seconds(299))
            #expect(try await house.free(for: ion.caller) == 4)
            #expect(try await house.book(ion.id, monday, by: ion.caller).status == 409)
            house.time.pass(.seconds(1))
            #expect(try await house.free(for: ion.caller) == 6)
            let place = try #require(lost["location"])
            #expect(try await ana.caller.send("GET", place).status == 404)
            #expect(try await ana.caller.send("DELETE", place).status == 404)
            #expect(try await house.book(ion.id, monday, by: ion.caller).status == 201)
            let late = try await house.book(
                ana.id, monday, hold: try lost.parsed["id"]?.stringValue, by: ana.caller)
            #expect(late.status == 409)
            #expect(try late.parsed["code"]?.stringValue == "hold_expired")
            #expect(
                try late.parsed["conflicts"]?.arrayValue?.map { $0["kind"]?.stringValue } == [
                    "practitioner", "room",
                ])
            let free = try await house.book(
                ana.id, "2027-01-04T08:00:00Z", hold: try kept.parsed["id"]?.stringValue, by: ana.caller)
            #expect(free.status == 201, "\(free.text)")
        }
    }

    @Test("a hold keeps one visit: another start or patient is a fault that names it, and so is it explained")
    func otherwise() async throws {
        try await JourneyHouse.open { house in
            let ana = try await house.somebody("Ana", "+40721000111")
            let held = try await house.hold(ana.id, monday, by: house.first.desk)
            let hold = try held.parsed["id"]?.stringValue
            let other = house.first.cast.patient.text
            for (patient, start, pointers) in [
                (other, monday, ["/patient"]), (ana.id, "2027-01-04T07:30:00Z", ["/start"]),
                (other, "2027-01-04T07:30:00Z", ["/patient", "/start"]),
            ] {
                let refused = try await house.book(patient, start, hold: hold, by: house.first.desk)
                #expect(refused.status == 422)
                #expect(
                    try refused.parsed["errors"]?.arrayValue?.map { $0["pointer"]?.stringValue } == pointers)
                let told = try await house.explain(patient, start, hold: hold, by: house.first.desk)
                #expect(try told.parsed["possible"] == .bool(false))
            }
            let told = try await house.explain(ana.id, monday, hold: hold, by: house.first.desk)
            #expect(try told.parsed["possible"] == .bool(true), "\(told.text)")
            #expect(try await house.book(ana.id, monday, hold: hold, by: house.first.desk).status == 201)
        }
    }

    @Test("a patient keeps three slots, and only for themselves and those they answer for")
    func most() async throws {
        try await JourneyHouse.open { house in
            let ana = try await house.somebody("Ana", "+40721000111")
            let other = house.first.cast.patient.text
            #expect(try await house.hold(other, monday, by: ana.caller).status == 422)
            var held: [WireReply] = []
            for hour in 0..<3 {
                held.append(
                    try await house.hold(ana.id, "2027-01-04T0\(7 + hour):00:00Z", by: ana.caller))
            }
            #expect(held.map(\.status) == [201, 201, 201])
            let fourth = "2027-01-04T08:30:00Z"
            let refused = try await house.hold(ana.id, fourth, by: ana.caller)
            #expect(refused.status == 409)
            #expect(try refused.parsed["code"]?.stringValue == "conflict")
            #expect(try await ana.caller.send("DELETE", held[0]["location"] ?? "").status == 204)
            #expect(try await house.hold(ana.id, fourth, by: ana.caller).status == 201)
        }
    }

    @Test("every rule holds for a hold as for an appointment")
    func rules() async throws {
        try await JourneyHouse.open { house in
            for (start, codes) in [
                ("2027-01-04T07:10:00Z", ["off_step"]), ("2027-01-04T10:00:00Z", ["outside_hours"]),
                ("2026-01-04T07:00:00Z", ["too_soon", "outside_hours"]),
                ("2027-01-04T07:00:30Z", ["off_step"]), ("2028-01-03T07:00:00Z", ["beyond_horizon"]),
            ] {
                let patient = house.first.cast.patient.text
                for reply in [
                    try await house.hold(patient, start, by: house.first.desk),
                    try await house.book(patient, start, by: house.first.desk),
                ] {
                    #expect(reply.status == 422)
                    #expect(
                        try reply.parsed["errors"]?.arrayValue?.map { $0["code"]?.stringValue } == codes,
                        "\(start)")
                }
            }
            #expect(try await house.count("hold") == 0)
        }
    }
}

extension JourneyHouse {
    struct Somebody {
        let id: String
        let caller: WireCaller
    }

    /// A patient who has signed in.
    func somebody(_ name: String, _ phone: String) async throws -> Somebody {
        let made = try await first.desk.send(
            "POST", "/v1/patients",
            json: #"{"name": "\#(name)", "birth_date": "1990-02-03", "phone": "\#(phone)"}"#)
        #expect(made.status == 201)
        return Somebody(
            id: try made.parsed["id"]?.stringValue ?? "", caller: try caller(try await signedIn(phone)))
    }

    /// How many slots of the first Monday are free.
    fileprivate func free(for caller: WireCaller) async throws -> Int? {
        let practitioner = first.cast.practitioner.text
        return try await caller.json("/v1/availability?practitioner=\(practitioner)&from=2027-01-04&days=7")[
            "slots"]?.arrayValue?.count
    }

    func hold(
        _ patient: String, _ start: String, by caller: WireCaller, fields: [(String, String)] = []
    ) async throws -> WireReply {
        try await caller.send("POST", "/v1/holds", fields: fields, json: wish(patient, start))
    }

    func book(
        _ patient: String, _ start: String, hold: String? = nil, by caller: WireCaller
    ) async throws -> WireReply {
        try await caller.send("POST", "/v1/appointments", json: wish(patient, start, hold))
    }

    func explain(
        _ patient: String, _ start: String, hold: String? = nil, by caller: WireCaller
    ) async throws -> WireReply {
        try await caller.send("POST", "/v1/appointments/explain", json: wish(patient, start, hold))
    }

    private func wish(_ patient: String, _ start: String, _ hold: String? = nil) -> String {
        var wish: JSONObject = [
            "practitioner": .string(first.cast.practitioner.text), "patient": .string(patient),
            "start": .string(start),
        ]
        if let hold { wish["hold"] = .string(hold) }
        return JSON.object(wish).jsonText
    }
}
