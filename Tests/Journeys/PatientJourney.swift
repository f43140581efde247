import JSON
import Scheduling
import Testing
import TestKit
import Vocabulary

@Suite("A patient signs in", .timeLimit(.minutes(2)))
struct PatientJourney {
    private struct Somebody {
        let id: String
        let caller: WireCaller
    }

    private func patient(_ name: String, _ phone: String, _ house: JourneyHouse) async throws -> Somebody {
        let made = try await house.first.desk.send(
            "POST", "/v1/patients",
            json: #"{"name": "\#(name)", "birth_date": "1990-02-03", "phone": "\#(phone)"}"#)
        #expect(made.status == 201)
        return Somebody(
            id: try made.parsed["id"]?.stringValue ?? "",
            caller: try house.caller(try await house.signedIn(phone)))
    }

    private func book(
        _ patient: String, _ start: String, by caller: WireCaller, _ house: JourneyHouse
    ) async throws -> WireReply {
        let practitioner = house.first.cast.practitioner.text
        return try await caller.send(
            "POST", "/v1/appointments",
            json: #"{"practitioner": "\#(practitioner)", "patient": "\#(patient)", "start": "\#(start)"}"#)
    }

    private let week = "/v1/appointments?from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z"

    @Test("they see themselves, find a slot, book it, move it, and call it off")
    func own() async throws {
        try await JourneyHouse.open { house in
            let ana = try await patient("Ana", "+40721000111", house)
            let me = try await ana.caller.json("/v1/me")
            #expect(me["id"]?.stringValue == ana.id && me["kind"]?.stringValue == "patient")
            #expect(me["roles"] == ["patient"])
            #expect(try await ana.caller.json("/v1/patients/\(ana.id)")["name"]?.stringValue == "Ana")
            let practitioner = house.first.cast.practitioner.text
            let days = "/v1/availability?practitioner=\(practitioner)&from=2027-01-11&days=7"
            #expect(try await ana.caller.json(days)["slots"]?.arrayValue?.count == 6)
            let booked = try await book(ana.id, "2027-01-11T09:00:00Z", by: ana.caller, house)
            #expect(booked.status == 201, "\(booked.text)")
            let path = try #require(booked["location"])
            #expect(try await ana.caller.json(week)["items"]?.arrayValue?.count == 1)
            let moved = try await ana.caller.send(
                "POST", "\(path)/reschedule", json: #"{"start": "2027-01-11T09:30:00Z"}"#)
            #expect(moved.status == 201, "\(moved.text)")
            let because = #"{"reason": "I am well again."}"#
            let last = try #require(moved["location"])
            #expect(try await ana.caller.send("POST", "\(last)/cancel", json: because).status == 200)
            let trail = try await house.rows(
                """
                SELECT DISTINCT caller_kind || ' ' || caller_role FROM audit_event
                WHERE act LIKE 'appointments.%'
                """
            )
            #expect(trail == ["patient patient"])
        }
    }

    @Test("nobody else is there for them: neither people, nor appointments, nor the desk's lists")
    func others() async throws {
        try await JourneyHouse.open { house in
            let ana = try await patient("Ana", "+40721000111", house)
            let ion = try await patient("Ion", "+40721000222", house)
            let booked = try await book(ion.id, "2027-01-04T09:00:00Z", by: ion.caller, house)
            let path = try #require(booked["location"])
            let unknown = "/v1/appointments/\(ID<Appointment>.random(at: JourneyHouse.now).text)"
            for (method, rest, body) in [
                ("GET", "", nil), ("POST", "/cancel", #"{"reason": "Not mine."}"#),
                ("POST", "/reschedule", #"{"start": "2027-01-04T08:00:00Z"}"#),
            ] {
                let foreign = try await ana.caller.send(method, path + rest, json: body)
                let nobodys = try await ana.caller.send(method, unknown + rest, json: body)
                #expect(foreign.status == 404, "\(method) \(rest)")
                #expect(foreign.withoutRequestID == nobodys.withoutRequestID)
            }
            #expect(try await ana.caller.json(week)["items"] == [])
            #expect(try await ana.caller.json("\(week)&patient=\(ion.id)")["items"] == [])
            #expect(try await book(ion.id, "2027-01-04T08:00:00Z", by: ana.caller, house).status == 422)
            #expect(try await ana.caller.send("GET", "/v1/patients/\(ion.id)").status == 404)
            for path in ["/v1/patients?name=I", "/v1/webhooks", "/v1/ops/jobs"] {
                #expect(try await ana.caller.send("GET", path).status == 403, "\(path)")
            }
            let dismissed = try await ana.caller.send(
                "POST", "/v1/patients/\(ion.id)/sessions/revoke-all", json: "{}")
            #expect(dismissed.status == 403)
            #expect(try await ion.caller.json(week)["items"]?.arrayValue?.count == 1)
        }
    }

    @Test("too late to call off by oneself is for the desk to do; a patient who is no longer one is nobody")
    func notice() async throws {
        try await JourneyHouse.open { house in
            let ana = try await patient("Ana", "+40721000111", house)
            let booked = try await book(ana.id, "2027-01-04T09:00:00Z", by: house.first.desk, house)
            let path = try #require(booked["location"])
            let because = #"{"reason": "I am well again."}"#
            let refused = try await ana.caller.send("POST", "\(path)/cancel", json: because)
            #expect(refused.status == 422)
            #expect(try refused.parsed["code"]?.stringValue == "refused")
            let move = #"{"start": "2027-01-04T09:30:00Z"}"#
            #expect(try await ana.caller.send("POST", "\(path)/reschedule", json: move).status == 422)
            #expect(try await house.first.desk.send("POST", "\(path)/cancel", json: because).status == 200)
            _ = try await house.rows("UPDATE patient SET active = false WHERE phone = '+40721000111'")
            house.time.pass(.seconds(31))
            let challenge = try await house.challenge("sms", "+40721000111")
            #expect(try await house.content(of: challenge) == nil)
            #expect(try await ana.caller.send("GET", "/v1/me").status == 401)
        }
    }
}
