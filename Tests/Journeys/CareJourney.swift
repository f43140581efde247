import JSON
import Records
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Whoever treats people sees those in their care, and nobody else", .timeLimit(.minutes(2)))
struct CareJourney {
    @Test("being booked with somebody, or on the care team, opens who they are; else they are not there")
    func care() async throws {
        try await JourneyHouse.open { house in
            let (carer, desk) = (house.first.practitioner, house.first.desk)
            let patient = house.first.cast.patient, path = "/v1/patients/\(patient.text)"
            try await expectNothing(of: patient, for: carer)
            #expect(try await house.looks(at: patient) == ["denied", "denied", "denied"])
            #expect(try await house.accessLog(of: patient) == [], "nobody has looked")

            let booked = try await house.book(patient, at: "2027-01-04T09:00:00Z")
            #expect(try await house.names(seenBy: carer) == [patient.text])
            #expect(try await carer.send("GET", path).status == 200)
            #expect(try await carer.send("GET", "\(path)/message-consent").status == 200)
            #expect(
                try await house.accessLog(of: patient).sorted() == [
                    "booked an appointment for you", "looked at which messages you agreed to",
                    "looked at who has seen your record", "looked at your personal details",
                ])
            let because = #"{"reason": "She is well again."}"#
            #expect(try await desk.send("POST", "\(booked)/cancel", json: because).status == 200)
            try await expectNothing(of: patient, for: carer)

            let me = try await carer.json("/v1/me")["id"]?.stringValue ?? ""
            let until = (JourneyHouse.now + .seconds(7200)).text
            let wish = #"{"staff": "\#(me)", "until": "\#(until)"}"#
            let added = try await desk.send("POST", "\(path)/care-team", json: wish)
            #expect(added.status == 201, "\(added.text)")
            #expect(try await desk.send("POST", "\(path)/care-team", json: wish).status == 409)
            #expect(try await house.names(seenBy: carer) == [patient.text])
            let team = try await carer.json("\(path)/care-team")["members"]?.arrayValue ?? []
            #expect(team.map { $0["staff"]?.stringValue } == [me])
            house.time.pass(.seconds(7201))
            try await expectNothing(of: patient, for: carer)

            let again = try await desk.send("POST", "\(path)/care-team", json: #"{"staff": "\#(me)"}"#)
            #expect(try await carer.send("GET", path).status == 200)
            let membership = try again.parsed["id"]?.stringValue ?? ""
            #expect(try await desk.send("DELETE", "\(path)/care-team/\(membership)").status == 204)
            #expect(try await desk.send("DELETE", "\(path)/care-team/\(membership)").status == 404)
            try await expectNothing(of: patient, for: carer)
            let trail = try await house.rows(
                "SELECT act FROM audit_event WHERE subject_kind = 'care_team' AND outcome = 'done'")
            #expect(trail.filter { $0 == "demographics.update" }.count == 3)
        }
    }

    @Test("nobody puts themselves on a team, nor anybody on that of a patient whom they do not reach")
    func selfService() async throws {
        try await JourneyHouse.open { house in
            let (carer, desk) = (house.first.practitioner, house.first.desk)
            let path = "/v1/patients/\(house.first.cast.patient.text)/care-team"
            let other = try await desk.json("/v1/me")["id"]?.stringValue ?? ""
            let me = try await carer.json("/v1/me")["id"]?.stringValue ?? ""
            let stranger = try await carer.send("POST", path, json: #"{"staff": "\#(other)"}"#)
            #expect(stranger.status == 404)
            _ = try await house.book(house.first.cast.patient, at: "2027-01-04T09:00:00Z")
            #expect(try await carer.send("POST", path, json: #"{"staff": "\#(me)"}"#).status == 403)
            #expect(try await carer.send("POST", path, json: #"{"staff": "\#(other)"}"#).status == 201)
            let foreign = house.second.cast.receptionist.text
            #expect(try await desk.send("POST", path, json: #"{"staff": "\#(foreign)"}"#).status == 422)
            let denied = try await house.rows("SELECT act FROM audit_event WHERE outcome = 'denied'")
            #expect(denied == ["demographics.update"])
        }
    }

    @Test("an explanation about a patient says what asking for the patient would say")
    func explained() async throws {
        try await JourneyHouse.open { house in
            let (carer, patient) = (house.first.practitioner, house.first.cast.patient)
            let me = try await carer.json("/v1/me")["id"]?.stringValue ?? ""
            let question =
                #"{"staff": "\#(me)", "operation": "ReadPatient", "subject": "\#(patient.text)"}"#
            for isInCare in [false, true] {
                if isInCare { _ = try await house.book(patient, at: "2027-01-04T09:00:00Z") }
                let told = try await house.first.admin.send("POST", "/v1/access/explain", json: question)
                #expect(try told.parsed["allowed"] == .bool(isInCare), "\(told.text)")
                let asked = try await carer.send("GET", "/v1/patients/\(patient.text)")
                #expect(asked.status == (isInCare ? 200 : 404))
            }
        }
    }

    @Test("no operation that honours care shows a row without it: lists are empty, one thing is not there")
    func everyOperation() async throws {
        try await JourneyHouse.open { house in
            let carer = house.first.practitioner, other = house.first.cast.patient
            let booked = try await house.bookWithColleague(other, at: "2027-01-04T09:00:00Z")
            let hold = try await house.hold(other.text, "2027-01-04T07:00:00Z", by: house.first.desk)
            #expect(hold.status == 201, "\(hold.text)")
            try await house.confineDoctors()
            let ids = [
                "patient": other.text, "appointment": String(booked.split(separator: "/")[2]),
                "hold": try hold.parsed["id"]?.stringValue ?? "",
            ]
            let readers = try await house.operations().filter { $0.method == "get" && $0.reaches("assigned") }
            #expect(readers.count >= 5)
            for reader in readers where !reader.isStream {
                let target = reader.target(ids), isAboutOne = target.contains("_")
                let span = reader.path == "/v1/appointments" ? JourneyHouse.month : ""
                let reply = try await carer.send("GET", target + span)
                if isAboutOne {
                    let seen =
                        "SELECT act FROM audit_event WHERE request_id = '\(reply["x-request-id"] ?? "")'"
                    #expect(try await house.rows(seen + " AND outcome = 'done'") == [], "\(reader.path)")
                }
                #expect(!reply.text.contains(other.text), "\(reader.path)")
                if isAboutOne {
                    #expect(reply.status == 404, "\(reader.path): \(reply.text)")
                } else {
                    #expect(
                        try reply.parsed["items"] == [] && reply.parsed["next"] == .null, "\(reader.path)")
                }
            }
        }
    }

    @Test("a therapist sees those of today alone, by the clinic's clock, and of them what the role shows")
    func today() async throws {
        try await JourneyHouse.open { house in
            let (carer, patient) = (house.first.practitioner, house.first.cast.patient)
            _ = try await house.book(patient, at: "2027-01-04T09:00:00Z")
            try await house.become("panchakarma.therapist")
            #expect(try await house.names(seenBy: carer).isEmpty)
            // Half past midnight in Bucharest is the day before in London.
            try await house.move(to: "2027-01-03T22:30:00Z", shown: "2027-01-04T00:30:00")
            #expect(try await house.names(seenBy: carer).isEmpty)
            try await house.move(to: "2027-01-02T22:30:00Z", shown: "2027-01-03T00:30:00")
            #expect(try await house.names(seenBy: carer) == [patient.text])
            let seen = try await carer.json("/v1/patients/\(patient.text)")
            #expect(seen["name"]?.stringValue != nil)
            #expect(seen["phone"] == .null)
        }
    }

    @Test("whoever may know that somebody comes is not told who, nor why, nor can they ask for somebody")
    func metadata() async throws {
        try await JourneyHouse.open { house in
            let (caller, patient) = (house.first.practitioner, house.first.cast.patient)
            let path = try await house.book(patient, at: "2027-01-04T09:00:00Z")
            try await house.become("pharmacist")
            let week = "/v1/appointments" + JourneyHouse.month
            let items = try await caller.json(week)["items"]?.arrayValue ?? []
            for seen in items + [try await caller.json(path)] {
                #expect(seen["patient"] == .null && seen["reason"] == .null)
                #expect(seen["start"]?.stringValue == "2027-01-04T09:00:00Z")
            }
            #expect(items.count == 1)
            #expect(try await caller.send("GET", "\(week)&patient=\(patient.text)").status == 403)
            #expect(try await house.first.desk.json(path)["patient"]?.stringValue == patient.text)
        }
    }
}

extension JourneyHouse {
    /// Where the appointment can be read that the desk books with the practitioner who calls.
    func book(_ patient: ID<Patient>, at start: String) async throws -> String {
        let practitioner = first.cast.practitioner.text
        let reply = try await first.desk.send(
            "POST", "/v1/appointments",
            json:
                #"{"practitioner": "\#(practitioner)", "patient": "\#(patient.text)", "start": "\#(start)"}"#)
        #expect(reply.status == 201, "\(reply.text)")
        return reply["location"] ?? ""
    }

    /// The same with a colleague, as if there were another one.
    func bookWithColleague(_ patient: ID<Patient>, at start: String) async throws -> String {
        let path = try await book(patient, at: start)
        _ = try await rows(
            """
            INSERT INTO resource (tenant_id, id, kind)
            VALUES (\(first.tenant.id.number), '\(Self.colleague)', 'practitioner');
            INSERT INTO staff_member (tenant_id, id, name, email)
            VALUES (\(first.tenant.id.number), '\(Self.colleague)', 'Colleague', 'colleague@x.example');
            INSERT INTO practitioner (tenant_id, id, staff_member_id)
            VALUES (\(first.tenant.id.number), '\(Self.colleague)', '\(Self.colleague)');
            UPDATE appointment SET practitioner_id = '\(Self.colleague)' WHERE tenant_id = \(first.tenant.id.number)
            """)
        return path
    }

    /// The one appointment there is begins then, by the location's wall clock.
    fileprivate func move(to start: String, shown wall: String) async throws {
        _ = try await rows(
            """
            UPDATE appointment SET starts_at = '\(start)', ends_at = timestamptz '\(start)' + interval '30 minutes',
                local_start = '\(wall)'
            """)
    }

    /// How each of the looks at a patient ended, as the trail has it.
    fileprivate func looks(at patient: ID<Patient>) async throws -> [String?] {
        try await rows(
            """
            SELECT outcome FROM audit_event
            WHERE subject_id = '\(patient.unique)' AND act = 'demographics.read'
            """
        )
    }

    /// What the patient is told that others did.
    func accessLog(of patient: ID<Patient>) async throws -> [String] {
        let span = "?from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z"
        let log = try await first.admin.json("/v1/patients/\(patient.text)/access-log\(span)")
        return log["items"]?.arrayValue?.compactMap { $0["what"]?.stringValue } ?? ["?"]
    }

    private static let colleague = UniqueID(high: 7, low: 7)

    fileprivate func names(seenBy caller: WireCaller) async throws -> [String] {
        let items = try await caller.json("/v1/patients")["items"]?.arrayValue
        return items?.compactMap { $0["id"]?.stringValue } ?? ["?"]
    }

    /// Doctors hold their role at a location where nobody is.
    func confineDoctors() async throws {
        _ = try await rows(
            """
            INSERT INTO location (tenant_id, id, slug, name, zone)
            VALUES (\(first.tenant.id.number), gen_random_uuid(), 'far', 'Far', 'Europe/Bucharest');
            UPDATE staff_role SET location_id = (SELECT id FROM location WHERE slug = 'far'
                AND tenant_id = \(first.tenant.id.number))
            WHERE role = 'doctor' AND tenant_id = \(first.tenant.id.number)
            """)
        try await settle()
    }

    /// The practitioner is something else from now on.
    func become(_ role: String) async throws {
        _ = try await rows(
            """
            UPDATE staff_role SET role = '\(role)' WHERE tenant_id = \(first.tenant.id.number)
                AND staff_member_id = (SELECT staff_member_id FROM practitioner
                    WHERE id = '\(first.cast.practitioner.unique)')
            """)
        try await settle()
    }
}

private func expectNothing(of patient: ID<Patient>, for caller: WireCaller) async throws {
    let unknown = ID<Patient>.random(at: JourneyHouse.now)
    for rest in ["", "/message-consent", "/care-team"] {
        let hidden = try await caller.send("GET", "/v1/patients/\(patient.text)\(rest)")
        let nobody = try await caller.send("GET", "/v1/patients/\(unknown.text)\(rest)")
        #expect(hidden.status == 404, "\(rest): \(hidden.text)")
        #expect(hidden.withoutRequestID == nobody.withoutRequestID, "\(rest)")
    }
    let list = try await caller.json("/v1/patients")
    #expect(list["items"] == [] && list["next"] == .null)
}

/// An operation as the document has it.
struct DocumentedOperation {
    let method: String
    let path: String
    let body: JSON

    var isStream: Bool {
        body["responses"]?["101"] != nil
            || body["responses"]?["200"]?["content"]?["text/event-stream"] != nil
    }

    func reaches(_ word: String) -> Bool {
        body["x-reaches"]?.arrayValue?.contains { $0.stringValue == word } == true
    }

    func target(_ ids: [String: String]) -> String {
        ids.reduce(path) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}

extension JourneyHouse {
    static let month = "?from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z"

    /// Everything that can be asked.
    func operations() async throws -> [DocumentedOperation] {
        let paths = try await first.desk.json("/openapi.json")["paths"]?.objectValue?.members ?? []
        return paths.flatMap { path in
            (path.value.objectValue?.members ?? []).map {
                DocumentedOperation(method: $0.name, path: path.name, body: $0.value)
            }
        }
    }
}
