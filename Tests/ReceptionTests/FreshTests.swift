import TestKit
import Testing

@Suite("A fresh proof: asked for where it is declared, and where the clinic says so", .timeLimit(.minutes(1)))
struct FreshTests {
    private func grow(old house: ReceptionHouse) async throws {
        try await house.place.script("UPDATE sign_in SET created_at = created_at - interval '301 seconds'")
    }

    @Test("of five minutes it suffices, of a second more it does not, and proving anew makes it good")
    func declared() async throws {
        try await ReceptionHouse.open { house in
            let ask = { try await house.asha.send("POST", "/v1/fresh-secrets", json: "{}") }
            #expect(try await ask().status == 204)
            try await grow(old: house)
            let stale = try await ask()
            #expect(stale.status == 401 && stale.text.contains("step_up_required"))
            try await house.place.script("UPDATE sign_in SET proven_at = now()")
            #expect(try await ask().status == 204)
        }
    }

    @Test("a clinic may ask for it before the use of a permission of its choice, and of no other")
    func configured() async throws {
        try await ReceptionHouse.open { house in
            let make = { try await house.asha.send("POST", "/v1/samples", json: #"{"text": "Meera"}"#) }
            try await house.place.script(
                """
                INSERT INTO clinic_configuration (tenant_id, version, body, applied_by)
                VALUES (1, 1, '{"sign_in": {"fresh_proof_for": ["appointments.create"]}}', 'test')
                """)
            #expect(try await make().status == 201)
            try await grow(old: house)
            let stale = try await make()
            #expect(stale.status == 401 && stale.text.contains("step_up_required"))
            #expect(try await house.asha.send("GET", "/v1/me").status == 200)
        }
    }

    @Test("where the clinic says nothing, an old proof suffices for what does not ask for one")
    func unasked() async throws {
        try await ReceptionHouse.open { house in
            try await grow(old: house)
            let made = try await house.asha.send("POST", "/v1/samples", json: #"{"text": "Meera"}"#)
            #expect(made.status == 201)
        }
    }
}
