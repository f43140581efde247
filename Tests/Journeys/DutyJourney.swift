import JSON
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Duties that must be two persons' stay two persons'", .timeLimit(.minutes(2)))
struct DutyJourney {
    @Test("nobody is given the other half of what they do, by whichever roles; what is over counts no more")
    func given() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin, person = house.first.cast.receptionist
            let path = "/v1/staff/\(person.text)/roles"
            let manager = try await admin.send("POST", path, json: #"{"role": "location.manager"}"#)
            #expect(manager.status == 409)
            #expect(manager.text.contains("asking for a refund and approving it"), "\(manager.text)")
            #expect(try await admin.send("POST", path, json: #"{"role": "doctor"}"#).status == 201)
            let pharmacist = try await admin.send("POST", path, json: #"{"role": "pharmacist"}"#)
            #expect(pharmacist.status == 409)
            #expect(pharmacist.text.contains("signing a prescription and dispensing it"))
            #expect(try await house.roles(of: person.unique) == ["doctor", "receptionist"])
            #expect(try await admin.send("POST", path, json: #"{"role": "nurse"}"#).status == 201)
            _ = try await house.rows("UPDATE staff_role SET valid_until = '2027-01-01' WHERE role = 'doctor'")
            #expect(try await admin.send("POST", path, json: #"{"role": "pharmacist"}"#).status == 201)
        }
    }

    @Test("a role's next version is not saved while it would join them in somebody who holds it")
    func saved() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin, person = house.first.cast.receptionist
            let wish = #"{"slug": "shelf", "title": "Shelf", "definition": {"bases": ["nurse"]}}"#
            let made = try await admin.send("POST", "/v1/roles", json: wish)
            let role = try made.parsed["id"]?.stringValue ?? ""
            for name in ["doctor", "own.shelf"] {
                let given = try await admin.send(
                    "POST", "/v1/staff/\(person.text)/roles", json: #"{"role": "\#(name)"}"#)
                #expect(given.status == 201, "\(given.text)")
            }
            for (base, status) in [("pharmacist", 409), ("lab.technician", 200)] {
                let next = #"{"based_on": 1, "definition": {"bases": ["\#(base)"]}}"#
                let saved = try await admin.send("POST", "/v1/roles/\(role)/versions", json: next)
                #expect(saved.status == status, "\(saved.text)")
            }
        }
    }

    @Test("a doctor may run the place where they work: reading their own lines is no office")
    func ownLines() async throws {
        try await JourneyHouse.open { house in
            let me = try await house.first.practitioner.json("/v1/me")["id"]?.stringValue ?? ""
            let given = try await house.first.admin.send(
                "POST", "/v1/staff/\(me)/roles", json: #"{"role": "location.manager"}"#)
            #expect(given.status == 201, "\(given.text)")
        }
    }

    @Test("nobody is promised both halves either")
    func promised() async throws {
        try await JourneyHouse.open { house in
            for (other, status) in [("pharmacist", 409), ("nurse", 201)] {
                let wish = """
                    {"name": "Nisha Rao", "to": "nisha@example.org", "roles": [{"role": "doctor"},
                     {"role": "\(other)"}]}
                    """
                let invited = try await house.first.admin.send("POST", "/v1/invitations", json: wish)
                #expect(invited.status == status, "\(invited.text)")
            }
        }
    }
}

extension JourneyHouse {
    fileprivate func roles(of person: UniqueID) async throws -> [String?] {
        try await rows("SELECT role FROM staff_role WHERE staff_member_id = '\(person)' ORDER BY role")
    }
}
