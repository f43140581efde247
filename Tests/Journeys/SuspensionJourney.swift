import JSON
import Scheduling
import TestKit
import Testing
import Vocabulary

@Suite("Who is suspended is out, and comes back as what they were", .timeLimit(.minutes(2)))
struct SuspensionJourney {
    @Test("they are signed out at once and nobody books them; resumed, they are booked again")
    func outAndIn() async throws {
        try await JourneyHouse.open { house in
            let (carer, admin) = (house.first.practitioner, house.first.admin)
            let me = try await carer.json("/v1/me")["id"]?.stringValue ?? ""
            let path = "/v1/staff/\(me)"
            let before = try await admin.json("\(path)/roles")["person"]?["roles"]
            #expect(try await house.first.book("2027-01-04T07:00:00Z").status == 201)

            let suspended = try await admin.send("POST", "\(path)/suspend", json: "{}")
            #expect(suspended.status == 200, "\(suspended.text)")
            #expect(try suspended.parsed["active"] == .bool(false))
            try await house.settle()
            #expect(try await carer.send("GET", "/v1/me").status == 401)
            let refused = try await house.first.book("2027-01-04T08:00:00Z")
            #expect(refused.status == 409 || refused.status == 422, "\(refused.text)")
            let diary = try await house.first.desk.send(
                "GET",
                "/v1/availability?practitioner=\(house.first.cast.practitioner.text)&from=2027-01-04&days=1")
            #expect(!diary.text.contains("2027-01-04T0"), "\(diary.text)")
            #expect(try await admin.send("POST", "\(path)/suspend", json: "{}").status == 200)

            let resumed = try await admin.send("POST", "\(path)/resume", json: "{}")
            #expect(try resumed.parsed["active"] == .bool(true), "\(resumed.text)")
            #expect(try await admin.json("\(path)/roles")["person"]?["roles"] == before)
            #expect(try await house.first.book("2027-01-04T08:00:00Z").status == 201)
            // What was ended stays ended: they sign in anew.
            #expect(try await carer.send("GET", "/v1/me").status == 401)
            let told = try await house.rows(
                """
                SELECT detail -> 'changes' -> 0 ->> 'after' FROM audit_event
                WHERE act = 'staff.void' AND subject_kind = 'staff_member' AND detail ? 'changes'
                """)
            #expect(Set(told) == ["false", "true"] && told.count == 2)
        }
    }

    @Test("nobody keeps themselves out, nor whom another clinic employs, nor the last who runs the clinic")
    func refused() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let boss = try await admin.json("/v1/me")["id"]?.stringValue ?? ""
            let own = try await admin.send("POST", "/v1/staff/\(boss)/suspend", json: "{}")
            #expect(own.status == 403, "\(own.text)")
            let foreign = house.second.cast.receptionist.text
            for verb in ["suspend", "resume"] {
                #expect(
                    try await admin.send("POST", "/v1/staff/\(foreign)/\(verb)", json: "{}").status == 404)
                let desk = house.first.cast.receptionist.text
                let small = try await house.first.desk.send("POST", "/v1/staff/\(desk)/\(verb)", json: "{}")
                #expect(small.status == 403)
            }

            let carer = house.first.practitioner
            let me = try await carer.json("/v1/me")["id"]?.stringValue ?? ""
            let role = #"{"slug": "deputy", "title": "Deputy", "definition": {"bases": ["tenant.admin"]}}"#
            #expect(try await admin.send("POST", "/v1/roles", json: role).status == 201)
            let given = try await admin.send(
                "POST", "/v1/staff/\(me)/roles", json: #"{"role": "own.deputy"}"#)
            #expect(given.status == 201, "\(given.text)")
            try await house.settle()
            let last = try await carer.send("POST", "/v1/staff/\(boss)/suspend", json: "{}")
            #expect(last.status == 409, "\(last.text)")
            #expect(try await admin.send("GET", "/v1/me").status == 200)
        }
    }
}
