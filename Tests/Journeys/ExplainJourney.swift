import JSON
import Records
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Whoever asks is told why", .timeLimit(.minutes(2)))
struct ExplainJourney {
    @Test("what is explained as possible is booked, and whatever a booking complains of was explained")
    func agreement() async throws {
        try await JourneyHouse.open { house in
            let dice = Dice(house, ana: try await house.somebody("Ana", "+40721000111"))
            var generator = Chance(seed: 20_270_104), tally: [Int: Int] = [:]
            for _ in 0..<240 {
                let (caller, wish) = dice.throwing(&generator)
                let told = try await caller.send("POST", "/v1/appointments/explain", json: wish.jsonText)
                let booked = try await caller.send("POST", "/v1/appointments", json: wish.jsonText)
                tally[booked.status, default: 0] += 1
                guard told.status == 200 else {
                    #expect(told.status == booked.status, "\(wish): \(told.text) \(booked.text)")
                    continue
                }
                let isPossible = try told.parsed["possible"]?.boolValue
                #expect(isPossible == (booked.status == 201), "\(wish): \(told.text) \(booked.text)")
                let missing = try booked.faults.subtracting(try told.obstacles)
                #expect(missing == [], "\(wish): \(told.text) \(booked.text)")
            }
            // Each kind of answer was met, or the agreement would prove little.
            #expect((tally[201] ?? 0) >= 5 && (tally[409] ?? 0) >= 5 && (tally[422] ?? 0) >= 50, "\(tally)")
        }
    }

    @Test("every reason is named at once with its rule, and the nearest times that suit both")
    func reasons() async throws {
        try await JourneyHouse.open { house in
            let desk = house.first.desk, patient = house.first.cast.patient.text
            func told(_ start: String) async throws -> JSON {
                let reply = try await house.explain(patient, start, by: desk)
                #expect(reply.status == 200, "\(reply.text)")
                return try reply.parsed
            }
            let first = try await told("2027-01-04T07:00:00Z")
            #expect(first["possible"] == .bool(true) && first["obstacles"] == [] && first["nearest"] == [])
            #expect(try await house.book(patient, "2027-01-04T07:30:00Z", by: desk).status == 201)

            let taken = try await told("2027-01-04T07:30:00Z")
            #expect(taken.codes == ["taken", "taken", "taken"])
            #expect(taken.pointers == ["/practitioner", "/patient", "/start"])
            #expect(taken.starts == ["2027-01-04T07:00:00Z", "2027-01-04T08:00:00Z", "2027-01-04T08:30:00Z"])
            #expect(!taken.jsonText.contains("apt_"))

            let late = try await told("2027-01-04T10:10:00Z")
            #expect(late.codes == ["outside_hours", "closed"])
            #expect(late.starts == ["2027-01-04T09:30:00Z", "2027-01-04T09:00:00Z", "2027-01-04T08:30:00Z"])

            let gone = try await told("2026-01-05T07:10:00Z")
            #expect(gone.codes == ["too_soon", "off_step"])
            #expect(
                gone["obstacles"]?.arrayValue?.map { $0["rule"]?.stringValue }
                    == ["/booking/lead_minutes", "/booking/slot_step_minutes"])
            #expect(gone.starts.first == "2027-01-04T07:00:00Z")

            let far = try await told("2028-01-03T07:00:00Z")
            #expect(far.codes == ["beyond_horizon"] && far.starts.first == "2027-03-01T09:30:00Z")
            let trail = try await house.rows(
                "SELECT DISTINCT act FROM audit_event WHERE subject_kind = 'appointment' AND act ~ 'read'")
            #expect(trail == ["appointments.read"])
        }
    }

    @Test("a patient is told nothing of others, and whoever may not book is told no more than that")
    func others() async throws {
        try await JourneyHouse.open { house in
            let ana = try await house.somebody("Ana", "+40721000111")
            let ion = try await house.somebody("Ion", "+40721000222")
            let monday = "2027-01-04T07:00:00Z"
            #expect(try await house.book(ion.id, monday, by: ion.caller).status == 201)
            let foreign = try await house.explain(ion.id, monday, by: ana.caller)
            let nobody = try await house.explain(
                ID<Patient>.random(at: JourneyHouse.now).text, monday, by: ana.caller)
            #expect(foreign.status == 200 && foreign.body == nobody.body)
            #expect(try foreign.parsed.codes == ["unknown"])
            #expect(
                try await house.explain(ana.id, monday, by: ana.caller).parsed.codes == ["taken", "taken"])
            #expect(try await house.explain(ana.id, monday, by: house.first.admin).status == 403)
            let doctor = try await house.explain(ana.id, monday, by: house.first.practitioner)
            #expect(doctor.status == 200)
        }
    }
}

/// Wishes of every kind, good and bad.
private struct Dice {
    let callers: [WireCaller]
    let patients: [String]
    let practitioners: [String]
    let starts: [String]
    let places: [JSON?]
    let visits: [JSON?]

    init(_ house: JourneyHouse, ana: JourneyHouse.Somebody) {
        let unknown = JourneyHouse.now
        callers = [
            house.first.desk, house.first.desk, ana.caller, house.first.practitioner, house.first.admin,
        ]
        patients = [
            ana.id, ana.id, house.first.cast.patient.text, house.second.cast.patient.text,
            ID<Patient>.random(at: unknown).text,
        ]
        let known = house.first.cast.practitioner.text
        practitioners = [known, known, known, known, ID<Practitioner>.random(at: unknown).text]
        let mondays = [4, 11, 18].flatMap { day in
            ["07:00:00", "07:30:00", "09:30:00", "07:10:00", "08:00:30", "09:45:00", "10:00:00"].map {
                "2027-01-\(day < 10 ? "0" : "")\(day)T\($0)Z"
            }
        }
        starts =
            mondays + mondays + [
                "2027-01-05T07:00:00Z", "2026-12-28T07:00:00Z", "2028-01-03T07:00:00Z",
                "1999-01-04T07:00:00Z",
                "2027-01-04T07:00:00.5Z",
            ]
        let main = house.first.tenant.locations[0].id.text
        places = [nil, nil, nil, .string(main), .string(ID<Location>.random(at: unknown).text)]
        visits = [nil, nil, nil, "consultation", "surgery"]
    }

    func throwing(_ generator: inout Chance) -> (WireCaller, JSON) {
        func pick<Value>(_ list: [Value]) -> Value { list[Int(generator.next() % UInt64(list.count))] }
        var wish: JSONObject = [
            "practitioner": .string(pick(practitioners)), "patient": .string(pick(patients)),
            "start": .string(pick(starts)),
        ]
        if let place = pick(places) { wish["location"] = place }
        if let visit = pick(visits) { wish["visit_type"] = visit }
        return (pick(callers), .object(wish))
    }
}

extension WireReply {
    /// What a booking was refused for, in the words of an explanation: pointer and code.
    fileprivate var faults: Set<String> {
        get throws {
            let complaints = try parsed["errors"]?.arrayValue ?? []
            let conflicts = try parsed["conflicts"]?.arrayValue ?? []
            if try parsed["code"]?.stringValue == "not_allowed" { return ["/patient not_allowed"] }
            return Set(
                complaints.map { "\($0["pointer"]?.stringValue ?? "") \($0["code"]?.stringValue ?? "")" }
                    + conflicts.map { conflict in
                        let kind = conflict["kind"]?.stringValue ?? ""
                        return ["practitioner", "patient"].contains(kind) ? "/\(kind) taken" : "/start taken"
                    })
        }
    }

    fileprivate var obstacles: Set<String> {
        get throws { Set(zip(try parsed.pointers, try parsed.codes).map { "\($0 ?? "") \($1 ?? "")" }) }
    }
}

extension JSON {
    fileprivate var codes: [String?] { (self["obstacles"]?.arrayValue ?? []).map { $0["code"]?.stringValue } }
    fileprivate var pointers: [String?] {
        (self["obstacles"]?.arrayValue ?? []).map { $0["pointer"]?.stringValue }
    }
    fileprivate var starts: [String?] { (self["nearest"]?.arrayValue ?? []).map { $0["start"]?.stringValue } }
}
