import Database
import Tenancy
import TestKit
import Testing
import Vocabulary

@testable import Auditing

@Suite("Forgetting an audit trail", .timeLimit(.minutes(2)))
struct RetentionTests {
    private static let years: Int64 = 366 * 86_400

    /// Events of eight and of seven years ago, by the database's own clock, and of now; each sealed at once.
    private func old(_ body: @escaping @Sendable (ChainClinic, ClinicRegistry.Entry) async throws -> Void)
        async throws
    {
        try await ChainClinic.with { house in
            let clock = try await house.place.script("SELECT extract(epoch FROM now())::bigint::text")
            let now = Instant(seconds: Int64(clock[0][0] ?? "") ?? 0)
            for ago in [8 * Self.years, 7 * Self.years, 0] {
                house.clock.advance(now - .seconds(ago) - house.clock.now)
                try await house.add(2)
                try await house.seal()
            }
            let registry = ClinicRegistry(house.place.database, shelf: VisitTypeShelf([]))
            let entry = try await registry.clinic(try #require(Slug(text: "asha")))
            try await body(house, entry)
        }
    }

    private func forget(
        years: Int64, _ house: ChainClinic, _ entry: ClinicRegistry.Entry
    ) async throws -> AuditReceipt? {
        try await AuditRetention(in: house.place.database, sealing: house.sealer.seal).forget(
            before: house.clock.now - .seconds(years * Self.years), of: entry, by: "operator test",
            at: house.clock.now)
    }

    @Test("what is old enough goes, a signed receipt stays, and the chain goes on behind it")
    func forgotten() async throws {
        try await old { house, entry in
            let receipt = try #require(try await forget(years: 6, house, entry))
            #expect(receipt.events == 4 && receipt.lastNumber == 2)
            #expect(
                try await house.place.script("SELECT FROM audit_event WHERE act <> 'audit.forget'").count == 2
            )
            let verdict = try await house.inspect()
            #expect(verdict.flaws == [] && verdict.segments == 1 && verdict.head?.number == 3)
            #expect(try await forget(years: 6, house, entry) == nil)
            try await house.seal()
            #expect(try await house.inspect().flaws == [])
            try await house.tamper("UPDATE audit_receipt SET events = 3")
            #expect(try await house.inspect().flaws.map(\.kind) == [.receiptChanged])
        }
    }

    @Test("what was removed with its segments, without a receipt, is missed")
    func withoutReceipt() async throws {
        try await old { house, _ in
            try await house.tamper(
                """
                DELETE FROM audit_event WHERE at < now() - interval '6 years';
                DELETE FROM audit_segment WHERE number < 3
                """)
            #expect(try await house.inspect().flaws.map(\.kind) == [.segmentMissing])
        }
    }

    @Test("the database itself refuses less than six years, and anything under a legal hold")
    func floor() async throws {
        try await old { house, entry in
            await #expect(throws: Refusal("An audit trail is kept for six years at least.")) {
                try await forget(years: -1, house, entry)
            }
            try await house.tamper(
                """
                INSERT INTO audit_hold (tenant_id, id, reason, placed_at, placed_by)
                VALUES (\(house.clinic.tenant.number), gen_random_uuid(), 'a case', now(), gen_random_uuid())
                """)
            await #expect(throws: Refusal("A legal hold is in force: nothing is forgotten.")) {
                try await forget(years: 6, house, entry)
            }
            try await house.tamper("UPDATE audit_hold SET lifted_at = now(), lifted_by = placed_by")
            #expect(try await forget(years: 6, house, entry) != nil)
        }
    }

    @Test("a receipt cannot hide that events were missing")
    func missing() async throws {
        try await old { house, entry in
            try await house.tamper("DELETE FROM audit_event WHERE at < now() - interval '7 years 6 months'")
            await #expect(throws: Refusal.self) { try await forget(years: 6, house, entry) }
            #expect(try await house.place.script("SELECT FROM audit_segment").count == 3)
        }
    }
}
