import Database
import EventLoop
import TestKit
import Testing
import Vocabulary

@testable import Messaging

@Suite("A day's budget of messages", .serialized)
struct BudgetTests {
    private func told(_ clinic: MessageClinic) async throws -> [String] {
        try await clinic.place.script(
            """
            SELECT concat_ws(' ', kind, payload ->> 'channel', payload ->> 'sent', payload ->> 'limit')
            FROM outbox ORDER BY sequence
            """
        ).compactMap { $0[0] }
    }

    private func take(_ clinic: MessageClinic, _ most: Int, at now: Instant = MessageClinic.now) async throws
        -> Bool
    {
        let budget = MessageBudget(channel: .sms, day: Day(containingUTC: now), most: most)
        return try await clinic.clinic.write { try await budget.take(at: now, in: $0) }
    }

    @Test("the clinic is told at four fifths and at the end, once each, and again the next day")
    func alerts() async throws {
        try await MessageClinic.with { clinic async throws in
            var taken: [Bool] = []
            for _ in 0..<12 { taken.append(try await take(clinic, 10)) }
            #expect(taken == Array(repeating: true, count: 10) + [false, false])
            let day = ["message-budget.nearly-used sms 8 10", "message-budget.used sms 10 10"]
            #expect(try await told(clinic) == day)
            for _ in 0..<12 {
                _ = try await take(clinic, 10, at: MessageClinic.now + .seconds(86_400))
            }
            #expect(try await told(clinic) == day + day)
        }
    }

    @Test("a limit of nothing sends nothing, and says so once")
    func nothing() async throws {
        try await MessageClinic.with { clinic async throws in
            #expect(try await take(clinic, 0) == false)
            #expect(try await take(clinic, 0) == false)
            #expect(
                try await told(clinic) == [
                    "message-budget.nearly-used sms 0 0", "message-budget.used sms 0 0",
                ])
        }
    }

    @Test("a limit that is lowered in the middle of the day stops at once")
    func lowered() async throws {
        try await MessageClinic.with { clinic async throws in
            for _ in 0..<5 { _ = try await take(clinic, 100) }
            #expect(try await told(clinic).isEmpty)
            #expect(try await take(clinic, 5) == false)
            #expect(
                try await told(clinic).map { $0.prefix { $0 != " " } } == [
                    "message-budget.nearly-used", "message-budget.used",
                ])
        }
    }

    @Test("many workers at once stop at the limit, and tell of it once")
    func parallel() async throws {
        try await MessageClinic.with { clinic async throws in
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await clinic.place.loops[0].perform { try await take(clinic, 20) }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 20)
            #expect(try await told(clinic).count == 2)
        }
    }

    @Test("the clinic's own configuration decides, then the chain's; the gateway's limit stays the ceiling")
    func layers() async throws {
        try await MessageClinic.with(usesInbox: true) { clinic in
            try await clinic.place.script(
                """
                INSERT INTO organisation (id, slug, name)
                    VALUES ('00000000-0000-7000-8000-00000000000a', 'chain', 'Chain');
                INSERT INTO organisation_configuration (organisation_id, version, body, applied_by) VALUES
                    ('00000000-0000-7000-8000-00000000000a', 1, '{"messages": {"sms_per_day": 2}}', 'test');
                UPDATE tenant SET organisation_id = '00000000-0000-7000-8000-00000000000a';
                """)
            for _ in 0..<3 { try await clinic.send(clinic.ask(about: clinic.thing(), by: [.sms])) }
            #expect(try await clinic.states() == ["sms sent", "sms sent", "sms dropped over-budget"])
            try await clinic.place.script(
                """
                SELECT set_config('app.tenant_id', '\(clinic.clinic.tenant.number)', false);
                INSERT INTO clinic_configuration (tenant_id, version, body, applied_by)
                VALUES (\(clinic.clinic.tenant.number), 1, '{"messages": {"sms_per_day": 3}}', 'test')
                """)
            try await clinic.send(clinic.ask(about: clinic.thing(), by: [.sms]))
            #expect(try await clinic.states().last == "sms sent")
        }
    }
}
