import Database
import JSON
import SignIn
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Somebody proves where they can be reached", .timeLimit(.minutes(2)))
struct AddressJourney {
    @Test("an address is theirs when its code comes back and not before; the one before is told, once")
    func change() async throws {
        try await JourneyHouse.open { house in
            let desk = house.first.desk, id = house.first.cast.receptionist.unique
            let before = try await house.mail(of: id)
            let challenge = try await house.addressChallenge(desk, "email", "New.Address@Example.org")
            #expect(try await house.mail(of: id) == before)
            #expect(try await desk.json("/v1/me")["email"]?.stringValue == before)
            let code = try await house.code(of: challenge)
            #expect(code.count == 6, "it is sent although nobody is known by the address")
            #expect(try await house.confirm(desk, challenge, "000000").status == 422)
            #expect(try await house.count("message WHERE template = 'sign-in.address-changed'") == 0)
            let confirmed = try await house.confirm(desk, challenge, code)
            #expect(confirmed.status == 200, "\(confirmed.text)")
            #expect(try await house.mail(of: id) == "new.address@example.org")
            #expect(try await house.confirm(desk, challenge, code).status == 422, "good once")
            #expect(
                try await house.count(
                    "message WHERE template = 'sign-in.address-changed' AND channel = 'email'") == 1)
            let listed = try await desk.json("/v1/me/addresses")["items"]?.arrayValue ?? []
            #expect(listed.first?["kind"]?.stringValue == "email")
            #expect(listed.first?["verified_at"]?.stringValue?.hasPrefix("2027-") == true)
            #expect(try await house.count("audit_event WHERE act = 'addresses.confirm'") == 1)
            house.time.pass(.seconds(31))
            let old = try await house.challenge("email", before)
            #expect(try await house.code(of: old) == "", "the address before signs nobody in")
            let new = try await house.challenge("email", "new.address@example.org")
            #expect(try await house.verify(new, try await house.code(of: new)).status == 200)
        }
    }

    @Test("a code is its asker's alone, for its purpose alone, and is guessed at five times")
    func bound() async throws {
        try await JourneyHouse.open { house in
            let (desk, admin) = (house.first.desk, house.first.admin)
            let challenge = try await house.addressChallenge(desk, "email", "new@example.org")
            let code = try await house.code(of: challenge)
            #expect(try await house.confirm(admin, challenge, code).status == 422, "somebody else's")
            #expect(try await house.verify(challenge, code).status == 422, "it signs nobody in")
            let phone = try await house.phone(of: house.first.cast.receptionist.unique)
            let signIn = try await house.challenge("sms", phone)
            #expect(
                try await house.confirm(desk, signIn, try await house.code(of: signIn)).status == 422,
                "a code to sign in with proves no address")
            for guess in 1...5 {
                #expect(
                    try await house.confirm(
                        desk, challenge, code == "11111\(guess)" ? "222222" : "11111\(guess)"
                    ).status == 422)
            }
            #expect(try await house.confirm(desk, challenge, code).status == 422, "the right one after five")
            #expect(try await house.count("staff_member WHERE email = 'new@example.org'") == 0)
        }
    }

    @Test("whoever has not just proven who they are asks for none; nobody learns who else has an address")
    func guarded() async throws {
        try await JourneyHouse.open { house in
            let desk = house.first.desk
            let taken = try await house.mail(of: house.first.cast.admin.unique)
            let asked = [
                try await house.ask(desk, "email", taken),
                try await house.ask(desk, "email", "free@example.org"),
            ]
            #expect(asked.allSatisfy { $0.status == 202 }, "\(asked.map(\.text))")
            let bodies = try asked.map { try house.faceless($0) }
            #expect(bodies[0] == bodies[1])
            house.time.pass(.seconds(31))
            let challenge = try await house.addressChallenge(desk, "email", taken)
            let told = try await house.confirm(desk, challenge, try await house.code(of: challenge))
            #expect(told.status == 409, "only who reads its mail is told that it is somebody's")
            house.time.pass(.seconds(301))
            let late = try await house.ask(desk, "email", "new@example.org")
            #expect(try late.parsed["code"]?.stringValue == "step_up_required")
            let door = WireCaller(port: desk.port, host: desk.host)
            #expect(try await house.ask(door, "email", "new@example.org").status == 401)
        }
    }

    @Test("a patient changes their own number, and what the desk writes down later is unproven again")
    func patient() async throws {
        try await JourneyHouse.open { house in
            let made = try await house.first.desk.send(
                "POST", "/v1/patients",
                json: #"{"name": "Ana", "birth_date": "1990-02-03", "phone": "+40721000111"}"#)
            let id = try made.parsed["id"]?.stringValue ?? ""
            let proven = "SELECT (phone_verified_at IS NOT NULL)::text FROM patient WHERE name = 'Ana'"
            #expect(try await house.rows(proven) == ["false"])
            let entered = try await house.signedIn("+40721000111")
            #expect(try entered.parsed["person"]?.stringValue == id)
            #expect(try await house.rows(proven) == ["true"], "signing in by it proves it")
            let patient = try house.caller(entered)
            let challenge = try await house.addressChallenge(patient, "sms", "0721 000 222")
            let code = try await house.code(of: challenge)
            #expect(try await house.confirm(patient, challenge, code).status == 200)
            #expect(try await patient.json("/v1/me")["phone"]?.stringValue == "+40721000222")
            #expect(try await house.rows(proven) == ["true"])
            try await house.place.script("UPDATE patient SET phone = '+40721000333' WHERE name = 'Ana'")
            #expect(try await house.rows(proven) == ["false"])
        }
    }
}

extension JourneyHouse {
    fileprivate func ask(_ caller: WireCaller, _ channel: String, _ to: String) async throws -> WireReply {
        let body: JSON = ["channel": .string(channel), "to": .string(to)]
        return try await caller.send("POST", "/v1/me/addresses", json: body.jsonText)
    }

    fileprivate func addressChallenge(
        _ caller: WireCaller, _ channel: String, _ to: String
    ) async throws -> String {
        let reply = try await ask(caller, channel, to)
        #expect(reply.status == 202, "\(reply.text)")
        return try reply.parsed["challenge"]?.stringValue ?? ""
    }

    fileprivate func confirm(
        _ caller: WireCaller, _ challenge: String, _ code: String
    ) async throws -> WireReply {
        let body: JSON = ["challenge": .string(challenge), "code": .string(code)]
        return try await caller.send("POST", "/v1/me/addresses/confirm", json: body.jsonText)
    }
}
