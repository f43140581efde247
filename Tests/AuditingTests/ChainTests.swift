import Database
import Telemetry
import TestKit
import Testing
import Vocabulary

@testable import Auditing

@Suite("The chain over an audit trail", .timeLimit(.minutes(2)))
struct ChainTests {
    /// Three segments of three events each.
    private func sealed(_ body: @escaping @Sendable (ChainClinic) async throws -> Void) async throws {
        try await ChainClinic.with { house in
            for _ in 0..<3 {
                try await house.add(3)
                try await house.seal(after: 600)
            }
            try await body(house)
        }
    }

    @Test("holds everything that was sealed, says what is too new, and has no flaw by itself")
    func whole() async throws {
        try await sealed { house in
            try await house.add(2)
            let verdict = try await house.inspect()
            #expect(verdict.flaws == [])
            #expect(verdict.segments == 3 && verdict.events == 9 && verdict.unsealed == 2)
            #expect(verdict.head?.number == 3)
        }
    }

    @Test("finds a changed, removed, inserted or reordered row, and says where", arguments: Tampering.all)
    func found(tampering: Tampering) async throws {
        try await sealed { house in
            try await house.tamper(tampering.script)
            let flaws = try await house.inspect().flaws
            #expect(Set(flaws.map(\.kind)) == tampering.kinds)
            #expect(flaws.contains { $0.segment == tampering.segment })
        }
    }

    @Test("a segment that is signed anew by another key is found, and so is a chain that was made anew")
    func otherKey() async throws {
        try await sealed { house in
            let stranger = AuditSealer(
                under: try ChainClinic.secret(9), clock: house.clock.wall,
                log: Log(to: LogSink(style: .json, clock: house.clock.wall, batchBytes: 0), from: .error))
            #expect(try await house.inspect(trusting: [stranger.seal.verifyingKey]).flaws.count == 3)
            let kept = try #require(try await house.inspect().head)
            try await house.tamper("DELETE FROM audit_segment")
            while try await stranger.sealNext(in: house.clinic) {}
            #expect(try await house.inspect().flaws.first?.kind == .keyUnknown)
            try await house.tamper("DELETE FROM audit_segment")
            try await house.seal()
            #expect(try await house.inspect().flaws == [], "without a head from outside nothing can be told")
            #expect(try await house.inspect(kept: [kept]).flaws.map(\.kind) == [.headUnknown])
        }
    }

    @Test("whoever cuts off the end is found by a head that was kept, or after a day by the silence")
    func cutOff() async throws {
        try await sealed { house in
            let kept = try #require(try await house.inspect().head)
            try await house.tamper(
                """
                DELETE FROM audit_event WHERE id IN (SELECT unnest(event_ids) FROM audit_segment WHERE number = 3);
                DELETE FROM audit_segment WHERE number = 3
                """)
            #expect(try await house.inspect().flaws == [])
            #expect(try await house.inspect(kept: [kept]).flaws.map(\.kind) == [.headUnknown])
            house.clock.advance(.seconds(90_000))
            #expect(try await house.inspect().flaws.map(\.kind) == [.sealingStopped])
        }
    }

    @Test("an event that is committed late is sealed in a later segment and is no flaw")
    func late() async throws {
        try await ChainClinic.with { house in
            try await house.add(3)
            try await house.seal()
            try await house.add(at: house.clock.now - .seconds(120))
            try await house.seal(after: 600)
            let verdict = try await house.inspect()
            #expect(verdict.flaws == [] && verdict.segments == 2 && verdict.events == 4)
        }
    }

    @Test("nothing is sealed that is from the future of the clock")
    func future() async throws {
        try await ChainClinic.with { house in
            try await house.add(at: house.clock.now + .seconds(60))
            try await house.seal()
            #expect(try await house.inspect().segments == 0)
            try await house.seal(after: 60)
            #expect(try await house.inspect().segments == 1)
        }
    }

    @Test("a quiet clinic's chain grows once a day, so that its past is closed")
    func quiet() async throws {
        try await ChainClinic.with { house in
            try await house.add(1)
            try await house.seal()
            try await house.seal(after: 80_000)
            #expect(try await house.inspect().segments == 1)
            try await house.seal(after: 10_000)
            let verdict = try await house.inspect()
            #expect(verdict.segments == 2 && verdict.events == 1 && verdict.flaws == [])
        }
    }

    @Test("more than fits in a segment makes several, and nothing is lost between them")
    func many() async throws {
        try await ChainClinic.with { house in
            try await house.tamper(
                """
                INSERT INTO audit_event (tenant_id, id, at, caller_kind, act)
                SELECT \(house.clinic.tenant.number), (lpad(to_hex(1798804800000 - n / 3), 12, '0') || '7'
                    || substr(md5(n::text), 1, 19))::uuid, now(), 'system', 'test'
                FROM generate_series(1, 9000) n
                """)
            try await house.seal()
            let verdict = try await house.inspect()
            #expect(verdict.flaws == [] && verdict.segments == 3 && verdict.events == 9_000)
        }
    }

    @Test("a worker leaves one job for each clinic with something new, and none for others")
    func jobs() async throws {
        try await ChainClinic.with { house in
            for _ in 0..<2 { try await AuditSealer.leaveJobs(in: house.place.database, at: house.clock.now) }
            #expect(try await house.place.script("SELECT FROM job").isEmpty)
            try await house.add(1)
            for _ in 0..<2 { try await AuditSealer.leaveJobs(in: house.place.database, at: house.clock.now) }
            let left = try await house.place.script("SELECT tenant_id::text, lane, kind FROM job")
            #expect(left == [["\(house.clinic.tenant.number)", "audit-export", "seal-audit"]])
            try await house.place.script("DELETE FROM job")
            try await house.seal()
            try await AuditSealer.leaveJobs(in: house.place.database, at: house.clock.now)
            #expect(try await house.place.script("SELECT FROM job").isEmpty)
        }
    }

    @Test("no login of the program can change or remove a segment or a receipt")
    func appendOnly() async throws {
        try await sealed { house in
            for table in ["audit_segment", "audit_receipt", "audit_event"] {
                for statement in ["UPDATE \(table) SET tenant_id = tenant_id", "DELETE FROM \(table)"] {
                    for url in [house.place.urls.app, house.place.urls.worker, house.place.urls.platform] {
                        await #expect(throws: DatabaseError.self) {
                            try await house.place.script(
                                "SET app.tenant_id = '\(house.clinic.tenant.number)'; \(statement)", at: url)
                        }
                    }
                }
            }
        }
    }
}

/// What somebody with every right on the server could do, and what must be said of it.
struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    let segment: Int32?
    let kinds: Set<AuditFlaw.Kind>

    private static let second = "SELECT event_ids[2] FROM audit_segment WHERE number = 2"
    private static let third = "SELECT event_ids[3] FROM audit_segment WHERE number = 2"

    static let all = [
        Tampering(
            testDescription: "an act is changed",
            script: "UPDATE audit_event SET act = 'x' WHERE id = (\(second))",
            segment: 2, kinds: [.eventChanged]),
        Tampering(
            testDescription: "a microsecond is changed",
            script: "UPDATE audit_event SET at = at + interval '1 microsecond' WHERE id = (\(second))",
            segment: 2, kinds: [.eventChanged]),
        Tampering(
            testDescription: "a detail is changed",
            script: "UPDATE audit_event SET detail = detail || '{\"a\": []}' WHERE id = (\(second))",
            segment: 2,
            kinds: [.eventChanged]),
        Tampering(
            testDescription: "a row is removed", script: "DELETE FROM audit_event WHERE id = (\(second))",
            segment: 2, kinds: [.eventRemoved]),
        Tampering(
            testDescription: "a row is put in",
            script: """
                INSERT INTO audit_event (tenant_id, id, at, caller_kind, act)
                SELECT tenant_id, (left(id::text, 24) || 'ffffffffffff')::uuid, at, caller_kind, act
                FROM audit_event WHERE id = (\(second))
                """, segment: 3, kinds: [.eventInserted]),
        Tampering(
            testDescription: "two rows change places",
            script: """
                UPDATE audit_segment SET event_ids = ARRAY[event_ids[1], event_ids[3], event_ids[2]]
                WHERE number = 2
                """, segment: 2, kinds: [.eventsReordered]),
        Tampering(
            testDescription: "what two rows say changes places",
            script: """
                UPDATE audit_event e SET act = other.act, at = other.at FROM audit_event other
                WHERE (e.id, other.id) IN (((\(second)), (\(third))), ((\(third)), (\(second))))
                """, segment: 2, kinds: [.eventChanged]),
        Tampering(
            testDescription: "a row is taken out of its segment too",
            script: """
                DELETE FROM audit_event WHERE id = (\(second));
                UPDATE audit_segment SET event_ids = ARRAY[event_ids[1], event_ids[3]],
                    marks = substr(marks, 1, 4) || substr(marks, 9, 4) WHERE number = 2
                """, segment: 2, kinds: [.segmentChanged]),
        Tampering(
            testDescription: "a segment is removed", script: "DELETE FROM audit_segment WHERE number = 2",
            segment: 2, kinds: [.segmentMissing, .eventInserted]),
        Tampering(
            testDescription: "a segment's root is changed",
            script: "UPDATE audit_segment SET root = sha256('x') WHERE number = 2", segment: 2,
            kinds: [.segmentChanged]),
        Tampering(
            testDescription: "a segment's time is changed",
            script: "UPDATE audit_segment SET sealed_at = sealed_at + interval '1 s' WHERE number = 2",
            segment: 2,
            kinds: [.segmentChanged]),
        Tampering(
            testDescription: "two segments change places",
            script: """
                UPDATE audit_segment SET number = number + 100 WHERE number IN (2, 3);
                UPDATE audit_segment SET number = 105 - number WHERE number > 100
                """, segment: 2, kinds: [.segmentChanged]),
    ]
}
