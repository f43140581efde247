import JSON
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Whoever owes a second factor is asked for it, by whichever role", .timeLimit(.minutes(2)))
struct SecondFactorJourney {
    @Test(
        "a role of the clinic's own owes what the built-in one owes that it is made of now",
        arguments: [
            (#"["tenant.admin"]"#, 401), (#"["nurse", "tenant.admin"]"#, 401), (#"["nurse"]"#, 200),
        ])
    func ownRole(bases: String, status: Int) async throws {
        try await JourneyHouse.open { house in
            let person = house.first.cast.receptionist.unique
            try await house.owe(#"["tenant.admin"]"#)
            try await house.makeOnly(person, bases: bases)
            let challenge = try await house.challenge("sms", try await house.phone(of: person))
            let entered = try await house.verify(challenge, try await house.code(of: challenge))
            #expect(entered.status == status, "\(entered.text)")
            guard status == 401 else { return }
            #expect(try entered.parsed["code"]?.stringValue == "second_factor_required")
        }
    }
}

extension JourneyHouse {
    /// Roles that owe a second factor at the first clinic.
    fileprivate func owe(_ roles: String) async throws {
        _ = try await rows(
            """
            INSERT INTO clinic_configuration (tenant_id, version, body, applied_by)
            SELECT tenant_id, version + 1, body || '{"sign_in": {"second_factor_for": \(roles)}}', 'test'
            FROM clinic_configuration WHERE tenant_id = \(first.tenant.id.number) ORDER BY version DESC LIMIT 1
            """)
        try await settle()
    }

    /// Somebody holds one role of the clinic's own, of which the second version is live.
    fileprivate func makeOnly(_ person: UniqueID, bases: String) async throws {
        let tenant = first.tenant.id.number, role = UniqueID(high: 9, low: 9)
        _ = try await rows(
            """
            BEGIN;
            INSERT INTO own_role (tenant_id, id, slug, title, live_version)
            VALUES (\(tenant), '\(role)', 'boss', 'Boss', 2);
            INSERT INTO own_role_version (tenant_id, own_role_id, version, body, saved_by) VALUES
                (\(tenant), '\(role)', 1, '{"bases": ["receptionist"]}', '\(person)'),
                (\(tenant), '\(role)', 2, '{"bases": \(bases)}', '\(person)');
            DELETE FROM staff_role WHERE tenant_id = \(tenant) AND staff_member_id = '\(person)';
            INSERT INTO staff_role (tenant_id, id, staff_member_id, role, own_role_id)
            VALUES (\(tenant), gen_random_uuid(), '\(person)', 'own', '\(role)');
            COMMIT;
            """)
        try await settle()
    }
}
