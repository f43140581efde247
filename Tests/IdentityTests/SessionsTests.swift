import Crypto
import Database
import EndpointKit
import EventLoop
import Identity
import JSON
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Sessions: whoever calls is known, and only as long as it is true")
struct SessionsTests {
    private func code(_ clinic: ClinicWithStaff, _ request: TenantRequest) async throws -> ProblemCode? {
        do {
            _ = try await clinic.sessions.caller(for: request)
            return nil
        } catch let problem as Problem {
            return problem.code
        }
    }

    @Test("a token stands for the staff member, with the roles that the rows have now")
    func honest() async throws {
        try await ClinicWithStaff.run { clinic in
            let token = try await clinic.token()
            for field in ["Bearer \(token)", "bearer \(token)", "BEARER \(token)"] {
                let known = try await clinic.sessions.caller(for: clinic.request(field))
                #expect(known.caller.staffMember == clinic.asha)
                #expect(known.caller.roles == [.init(.receptionist, at: clinic.location)])
            }
        }
    }

    @Test("without one good token nobody is anybody")
    func refused() async throws {
        try await ClinicWithStaff.run { clinic in
            let token = try await clinic.token()
            #expect(try await code(clinic, clinic.request()) == .signInRequired)
            #expect(
                try await code(clinic, clinic.request("Bearer \(token)", "Bearer \(token)"))
                    == .signInRequired)
            for field in [
                "Bearer", "Bearer x", token, "Basic \(token)", "Bearer  \(token)", "Bearer \(token)x",
                "Bearer\t\(token)",
                "Bearer \(token), Bearer \(token)", "Bearer " + String(repeating: "x", count: 4000),
            ] {
                #expect(
                    try await code(clinic, clinic.request(field)) == .signInRequired, "\(field.prefix(20))")
            }
            let late = clinic.now + .seconds(3600)
            #expect(try await code(clinic, clinic.request("Bearer \(token)", at: late)) == .tokenExpired)
        }
    }

    @Test("a token of one clinic opens nothing at the next, whether it is remembered or not")
    func wrongClinic() async throws {
        try await ClinicWithStaff.run { clinic in
            let field = "Bearer " + (try await clinic.token())
            #expect(try await code(clinic, clinic.request(field, to: clinic.neighbour)) == .wrongClinic)
            #expect(try await code(clinic, clinic.request(field)) == nil)
            #expect(try await code(clinic, clinic.request(field, to: clinic.neighbour)) == .wrongClinic)
        }
    }

    @Test("who is suspended is out within five seconds, even when no notice arrives")
    func suspended() async throws {
        try await ClinicWithStaff.run { clinic in
            let field = "Bearer " + (try await clinic.token())
            #expect(try await code(clinic, clinic.request(field)) == nil)
            try await clinic.script("UPDATE staff_member SET active = false")
            let soon = clinic.now + .milliseconds(2900), later = clinic.now + .milliseconds(4500)
            #expect(try await code(clinic, clinic.request(field, at: soon)) == nil, "remembered, not read")
            #expect(try await code(clinic, clinic.request(field, at: later)) == .signInRequired)
        }
    }

    @Test("a role that is taken away is gone at once where the notice arrives")
    func notice() async throws {
        try await ClinicWithStaff.run { clinic in
            clinic.place.database.start()
            let listening = Task { await clinic.sessions.listen(to: clinic.place.database) }
            defer { listening.cancel() }
            let field = "Bearer " + (try await clinic.token())
            var roles = 1
            // The listener's LISTEN may not have reached the server yet: the role is taken again until it is
            // heard.
            for attempt in 0..<100 where roles > 0 {
                try await clinic.script(
                    attempt == 0 ? "DELETE FROM staff_role" : "UPDATE staff_member SET name = name")
                try await Task.sleep(for: .milliseconds(20))
                roles = try await clinic.sessions.caller(for: clinic.request(field)).caller.roles.count
            }
            #expect(roles == 0, "the request's clock stands still, so only a notice can have told")
        }
    }

    @Test("rotation signs with a new key and lets the old one verify; another secret opens neither")
    func rotation() async throws {
        try await ClinicWithStaff.run { clinic in
            let old = try await clinic.token()
            let first = try await clinic.keys.current()
            let second = try await clinic.keys.rotate()
            #expect(second.id != first.id)
            #expect(try await clinic.keys.currentOrFirst().id == second.id)
            let new = try await clinic.token()
            #expect(try await code(clinic, clinic.request("Bearer \(old)")) == nil)
            #expect(try await code(clinic, clinic.request("Bearer \(new)")) == nil)
            let stranger = SigningKeys(
                in: clinic.place.database,
                under: try InstallationSecret.given(String(repeating: "t", count: 32)))
            await #expect(throws: SigningKeys.Fault.sealedUnderAnotherSecret) { try await stranger.current() }
            let answer = try await ReadSigningKeys().respond(to: clinic.request())
            #expect(answer.jsonText.contains(first.id.text) && answer.jsonText.contains(second.id.text))
            #expect(!answer.jsonText.contains("\"d\""), "a private key is never shown")
        }
    }

    @Test("a private key that was moved to another row does not open")
    func movedKey() async throws {
        try await ClinicWithStaff.run { clinic in
            let first = try await clinic.keys.currentOrFirst()
            _ = try await clinic.keys.rotate()
            try await clinic.script(
                """
                UPDATE signing_key SET sealed_private_key =
                    (SELECT sealed_private_key FROM signing_key WHERE id = '\(first.id.text)')
                """)
            await #expect(throws: SigningKeys.Fault.sealedUnderAnotherSecret) {
                try await clinic.keys.current()
            }
        }
    }

    @Test("two processes that start at once end with one key")
    func oneKey() async throws {
        try await ClinicWithStaff.run { clinic in
            try await withThrowingTaskGroup(of: KeyID.self) { group in
                for _ in 0..<8 {
                    group.addTask(executorPreference: clinic.place.loops[0]) {
                        try await clinic.keys.currentOrFirst().id
                    }
                }
                var ids: Set<KeyID> = []
                for try await id in group { ids.insert(id) }
                #expect(ids.count == 1)
            }
        }
    }

    @Test("nobody mints tokens in production, nor for someone who is not there")
    func mint() async throws {
        try await ClinicWithStaff.run { clinic in
            #expect(TokenMint(issuer: "x", keys: clinic.keys, isProduction: true) == nil)
            try await clinic.script("UPDATE staff_member SET active = false")
            await #expect(throws: Refusal.self) { try await clinic.token() }
        }
    }

    @Test("a caller reads who they are")
    func whoAmI() async throws {
        try await ClinicWithStaff.run { clinic in
            let request = try clinic.request("Bearer " + (try await clinic.token()))
            let known = try await clinic.sessions.caller(for: request)
            let answer = try await WhoAmI().respond(to: known)
            #expect(
                answer.jsonText
                    == "{\"id\":\"\(clinic.asha)\",\"kind\":\"staff\",\"name\":\"Asha Patil\","
                    + "\"email\":\"asha@example.org\","
                    + "\"phone\":null,\"roles\":[\"receptionist\"],\"locations\":[\"\(clinic.location)\"],"
                    + "\"wards\":[],\"support\":null,"
                    + "\"clinic\":\"sunrise\",\"clinic_name\":\"Clinic sunrise\"}")
        }
    }
}
