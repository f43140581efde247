import Identity
import JSON
import Records
import Scheduling
import Tenancy
import TestKit
import Testing
import Trust
import Vocabulary

@Suite("Whoever answers for a patient does so as themselves, while they may", .timeLimit(.minutes(2)))
struct GuardianJourney {
    private struct Family {
        let child: String
        let mother: (id: String, caller: WireCaller)
        let father: (id: String, caller: WireCaller)
    }

    /// A child who is of age at midnight, and two parents, who have signed in.
    private func family(_ house: JourneyHouse) async throws -> Family {
        let child = try await house.register("Ion", born: "2009-01-04", "+40721000333")
        let mother = try await house.register("Ana", born: "1985-02-03", "+40721000111")
        let father = try await house.register("Dan", born: "1984-02-03", "+40721000222")
        return Family(
            child: child, mother: (mother, try await house.enter("+40721000111")),
            father: (father, try await house.enter("+40721000222")))
    }

    private let everything = ["identity", "appointments", "clinical"]

    @Test("a parent books, moves and calls off for the child, and sees who looked; others see nothing")
    func acting() async throws {
        try await JourneyHouse.open { house in
            let family = try await family(house), mother = family.mother.caller
            let path = "/v1/patients/\(family.child)"
            #expect(try await mother.send("GET", path).status == 404)
            let made = try await house.let(family.mother.id, answerFor: family.child, everything)
            #expect(made.status == 201, "\(made.text)")
            #expect(try made.parsed["until"]?.stringValue == "2027-01-03T22:00:00Z")
            try await house.settle()
            #expect(
                try await mother.json("/v1/me")["wards"]?.arrayValue?.map(\.stringValue) == [family.child])
            #expect(try await mother.json("/v1/me")["roles"] == ["patient"])
            #expect(try await mother.json(path)["name"]?.stringValue == "Ion")
            #expect(try await family.father.caller.send("GET", path).status == 404)

            let wish = house.wish(for: family.child)
            #expect(try await family.father.caller.send("POST", "/v1/appointments", json: wish).status == 422)
            let held = try await mother.send("POST", "/v1/holds", json: wish)
            #expect(held.status == 201, "\(held.text)")
            let hold = try #require(held["location"])
            #expect(try await family.father.caller.send("POST", "/v1/holds", json: wish).status == 422)
            #expect(try await family.father.caller.send("GET", hold).status == 404)
            #expect(try await mother.send("DELETE", hold).status == 204)
            let booked = try await mother.send("POST", "/v1/appointments", json: wish)
            #expect(booked.status == 201, "\(booked.text)")
            let month = "/v1/appointments" + JourneyHouse.month
            #expect(try await mother.json(month)["items"]?.arrayValue?.count == 1)
            #expect(try await family.father.caller.json(month)["items"] == [])
            let visit = try #require(booked["location"])
            #expect(try await family.father.caller.send("GET", visit).status == 404)
            let moved = try await mother.send(
                "POST", "\(visit)/reschedule", json: #"{"start": "2027-01-11T09:30:00Z"}"#)
            #expect(moved.status == 201, "\(moved.text)")
            let because = #"{"reason": "He is well again."}"#
            let last = try #require(moved["location"])
            #expect(try await mother.send("POST", "\(last)/cancel", json: because).status == 200)

            let roles = try await house.rows(
                "SELECT DISTINCT caller_role FROM audit_event WHERE act ~ '^appointments.[cuv]'")
            #expect(roles == ["guardian.caregiver"])
            let wishes = #"{"choices": [{"channel": "sms", "category": "record", "wanted": false}]}"#
            let said = try await mother.send(
                "PUT", "\(path)/message-consent", fields: [("If-Match", "*")], json: wishes)
            let word = try said.parsed["choices"]?.arrayValue?.first
            #expect(word?["said_by"]?.stringValue == "guardian", "\(said.text)")
            #expect(word?["guardian"]?.stringValue == family.mother.id)
            let span = "?from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z"
            let log = try await mother.json("\(path)/access-log\(span)")["items"]?.arrayValue ?? []
            #expect(log.contains { $0["who"]?.stringValue == "you" })
            #expect(try await family.father.caller.send("GET", "\(path)/access-log\(span)").status == 403)
        }
    }

    @Test("what the clinic did not write down stays between it and the child; an end is an end")
    func categories() async throws {
        try await JourneyHouse.open { house in
            let family = try await family(house), mother = family.mother.caller
            let path = "/v1/patients/\(family.child)"
            let made = try await house.let(family.mother.id, answerFor: family.child, ["appointments"])
            #expect(try await house.let(family.mother.id, answerFor: family.child, everything).status == 409)
            try await house.settle()
            #expect(try await mother.send("GET", path).status == 404)
            #expect(try await mother.json("/v1/patients/\(family.mother.id)")["name"]?.stringValue == "Ana")
            let wish = house.wish(for: family.child)
            #expect(try await mother.send("POST", "/v1/appointments", json: wish).status == 201)
            let guardianship = try made.parsed["id"]?.stringValue ?? ""
            #expect(try await mother.send("DELETE", "\(path)/guardians/\(guardianship)").status == 404)
            let desk = house.first.desk
            #expect(try await desk.send("DELETE", "\(path)/guardians/\(guardianship)").status == 204)
            try await house.settle()
            #expect(try await mother.json("/v1/appointments" + JourneyHouse.month)["items"] == [])
            #expect(try await mother.json("/v1/me")["wards"] == [])
        }
    }

    @Test("at the minute of majority it ends by itself, and the young person says anew who answers for them")
    func majority() async throws {
        try await JourneyHouse.open { house in
            let family = try await family(house), path = "/v1/patients/\(family.child)"
            let longer = try await house.let(
                family.mother.id, answerFor: family.child, everything, until: "2027-06-01T00:00:00Z")
            #expect(longer.status == 422)
            #expect(try await house.let(family.mother.id, answerFor: family.child, everything).status == 201)
            let mother = family.mother.id
            let grant = #"{"guardian": "\#(mother)", "relation": "parent", "categories": ["identity"]}"#
            let child = try await house.enter("+40721000333")
            #expect(try await child.send("POST", "\(path)/guardians", json: grant).status == 403)
            let guardians =
                try await house.first.desk.json("\(path)/guardians")["guardians"]?.arrayValue ?? []
            let parent = try #require(guardians.first?["id"]?.stringValue)
            #expect(try await child.send("DELETE", "\(path)/guardians/\(parent)").status == 403)
            #expect(try await house.first.desk.json("\(path)/guardians")["guardians"]?.arrayValue?.count == 1)
            let denied = try await house.rows("SELECT act FROM audit_event WHERE outcome = 'denied'")
            #expect(denied == ["demographics.update", "demographics.update"])
            house.time.pass(.seconds(12 * 3600 - 60))
            let before = try await house.enter("+40721000111")
            #expect(try await before.send("GET", path).status == 200)
            house.time.pass(.seconds(61))
            #expect(try await before.send("GET", path).status == 404)
            #expect(try await before.json("/v1/me")["wards"] == [])
            let grown = try await house.enter("+40721000333")
            let again = try await grown.send("POST", "\(path)/guardians", json: grant)
            #expect(again.status == 201, "\(again.text)")
            try await house.settle()
            #expect(try await before.send("GET", path).status == 200)
            #expect(try await before.json("/v1/appointments" + JourneyHouse.month)["items"] == [])
        }
    }

    @Test("while guardians do not agree all of them look and none changes anything; the clinic settles it")
    func conflict() async throws {
        try await JourneyHouse.open { house in
            let family = try await family(house), path = "/v1/patients/\(family.child)"
            for parent in [family.mother.id, family.father.id] {
                #expect(try await house.let(parent, answerFor: family.child, everything).status == 201)
            }
            try await house.settle()
            let words = #"{"words": "We do not agree about the operation."}"#
            let said = try await family.father.caller.send("POST", "\(path)/guardian-conflict", json: words)
            #expect(said.status == 200, "\(said.text)")
            try await house.settle()
            let wish = house.wish(for: family.child)
            for parent in [family.mother.caller, family.father.caller] {
                #expect(try await parent.send("GET", path).status == 200)
                #expect(try await parent.send("POST", "/v1/appointments", json: wish).status == 422)
                #expect(try await parent.send("DELETE", "\(path)/guardian-conflict").status == 403)
            }
            #expect(try await house.first.desk.json("\(path)/guardians")["conflict"] == true)
            let aunt = try await house.register("Eva", born: "1980-02-03", "+40721000444")
            let added = try await house.let(aunt, answerFor: family.child, everything)
            #expect(try added.parsed["contested_at"]?.stringValue != nil, "\(added.text)")
            let eva = try await house.enter("+40721000444")
            #expect(try await eva.send("GET", path).status == 200)
            #expect(try await eva.send("POST", "/v1/appointments", json: wish).status == 422)
            #expect(try await house.first.desk.send("DELETE", "\(path)/guardian-conflict").status == 204)
            #expect(try await house.first.desk.send("DELETE", "\(path)/guardian-conflict").status == 404)
            try await house.settle()
            #expect(try await eva.send("POST", "/v1/appointments", json: wish).status == 201)
        }
    }

    @Test("nobody answers for themselves, for another clinic's patient, or as a child")
    func nonsense() async throws {
        try await JourneyHouse.open { house in
            let family = try await family(house)
            let foreign = house.second.cast.patient.text
            #expect(try await house.let(family.child, answerFor: family.child, everything).status == 422)
            #expect(try await house.let(family.child, answerFor: family.mother.id, everything).status == 422)
            #expect(try await house.let(foreign, answerFor: family.child, everything).status == 422)
            #expect(try await house.let(family.mother.id, answerFor: foreign, everything).status == 404)
            #expect(try await house.let(family.mother.id, answerFor: family.child, []).status == 422)
            #expect(try await house.count("guardianship") == 0)
        }
    }
}

extension JourneyHouse {
    fileprivate func register(_ name: String, born day: String, _ phone: String) async throws -> String {
        let made = try await first.desk.send(
            "POST", "/v1/patients",
            json: #"{"name": "\#(name)", "birth_date": "\#(day)", "phone": "\#(phone)"}"#)
        #expect(made.status == 201, "\(made.text)")
        return try made.parsed["id"]?.stringValue ?? ""
    }

    fileprivate func enter(_ phone: String) async throws -> WireCaller {
        try caller(try await signedIn(phone))
    }

    /// A booking of a week later.
    fileprivate func wish(for patient: String) -> String {
        let practitioner = first.cast.practitioner.text, start = "2027-01-11T09:00:00Z"
        return #"{"practitioner": "\#(practitioner)", "patient": "\#(patient)", "start": "\#(start)"}"#
    }

    /// The desk writes it down.
    fileprivate func `let`(
        _ guardian: String, answerFor ward: String, _ categories: [String], until: String? = nil
    ) async throws -> WireReply {
        let list = categories.map { "\"\($0)\"" }.joined(separator: ", ")
        let end = until.map { #", "until": "\#($0)""# } ?? ""
        return try await first.desk.send(
            "POST", "/v1/patients/\(ward)/guardians",
            json: #"{"guardian": "\#(guardian)", "relation": "parent", "categories": [\#(list)]\#(end)}"#)
    }
}
