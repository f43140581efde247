import Database
import Identity
import JSON
import TestKit
import Testing
import Vocabulary

@testable import Trust

@Suite("The platform's people who give support", .timeLimit(.minutes(1)))
struct SupportAgentsTests {
    private static let now = Instant(seconds: 1_798_970_400)

    @Test("an address is one person's at a time; whoever comes back is somebody new")
    func oneAtATime() async throws {
        try await TestDatabase.withPlace { place in
            let agents = SupportAgents(in: place.database)
            let first = try await agents.add(name: "Ines", email: "ines@p.example", at: Self.now)
            await #expect(throws: Refusal("Somebody who gives support has that e-mail address already.")) {
                _ = try await agents.add(name: "Other", email: "ines@p.example", at: Self.now)
            }
            let gone = try await agents.remove("ines@p.example", by: "operator", at: Self.now)
            #expect(gone.id == first.id && gone.removedAt == Self.now)
            await #expect(throws: Refusal("Nobody who gives support has the address ines@p.example.")) {
                _ = try await agents.remove("ines@p.example", by: "operator", at: Self.now)
            }
            let again = try await agents.add(name: "Ines", email: "ines@p.example", at: Self.now)
            #expect(again.id != first.id)
            let listed = try await agents.list()
            #expect(listed.map(\.id) == [again.id, first.id], "those who are there come first")
            #expect(listed.map(\.removedAt) == [nil, Self.now])
        }
    }

    @Test(
        "what cannot be is refused in words",
        arguments: [
            ("Ines", "Ines@p.example", "An e-mail address is written in lower case, with 3 to 254 letters."),
            ("Ines", "x", "An e-mail address is written in lower case, with 3 to 254 letters."),
            ("", "ines@p.example", "A name has 1 to 200 characters."),
        ])
    func refused(name: String, email: String, words: String) async throws {
        try await TestDatabase.withPlace { place in
            let agents = SupportAgents(in: place.database)
            await #expect(throws: Refusal(stringLiteral: words)) {
                _ = try await agents.add(name: name, email: email, at: Self.now)
            }
            let listed = try await agents.list()
            #expect(listed.isEmpty)
        }
    }

    @Test("the job that ends a grant in its time names it and nothing else")
    func job() throws {
        let grant = ID<SupportGrant>.random(at: Self.now)
        var writer = JSONWriter()
        writer.object { EndSupportInTime(grant: grant).writePayload(to: &$0) }
        let payload = try JSON(parsing: writer.bytes)
        #expect(payload == ["grant": .string(grant.text)])
        #expect(try EndSupportInTime(payload: payload).grant == grant)
        for other: JSON in [[:], ["grant": "agt_01jd3mwqz5e8vsd3yk8yq9p0ra"], ["grant": 1]] {
            #expect(throws: (any Error).self) { try EndSupportInTime(payload: other) }
        }
    }

    /// What the table itself refuses, whoever asks.
    @Test(
        "no grant is longer than two hours, without a reason, of nothing, or ended beyond its time",
        arguments: [
            "ends_at = began_at + interval '120 minutes 1 second'", "ends_at = began_at",
            "reason = 'Please look.'", "areas = '{}'", "areas = '{clinical_notes}'",
            "ended_at = ends_at + interval '1 second'", "ended_at = began_at - interval '1 second'",
            "ended_by = given_by",
        ])
    func table(change: String) async throws {
        try await TestDatabase.withPlace { place in
            try await place.script(Self.grant)
            await #expect(throws: DatabaseError.self) {
                try await place.script("SET app.tenant_id = '1'; UPDATE support_grant SET \(change)")
            }
            try await place.script(
                "UPDATE support_grant SET ends_at = began_at + interval '120 minutes', ended_at = began_at")
        }
    }

    private static let grant = """
        INSERT INTO tenant (public_id, slug, name) VALUES (gen_random_uuid(), 'one', 'One');
        SET app.tenant_id = '1';
        INSERT INTO staff_member (tenant_id, id, name, email)
            VALUES (1, '00000000-0000-7000-8000-000000000001', 'S', 's@x.example');
        INSERT INTO support_agent VALUES ('00000000-0000-7000-8000-000000000002', 'I', 'i@p.example', now());
        INSERT INTO support_grant (tenant_id, id, agent_id, given_by, areas, may_write, reason, began_at, ends_at)
            VALUES (1, '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000002',
                '00000000-0000-7000-8000-000000000001', '{queue}', false, 'Reminders leave late.', now(),
                now() + interval '1 hour');
        """
}
