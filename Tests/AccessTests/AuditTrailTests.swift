import Database
import EndpointKit
import HTTP
@testable import Identity
import JSON
import Tenancy
import TestKit
import Testing
import Vocabulary

@testable import Access

private enum Book: Act { static let permission = Permission(.create, .appointments) }

/// A clinic, and a receptionist who asks something of it.
private struct Desk {
    let place: TestPlace
    let request: CallerRequest

    static func run(_ body: @escaping @Sendable (Desk) async throws -> Void) async throws {
        try await TestDatabase.withPlace { place in
            let rows = try await place.script(
                """
                INSERT INTO tenant (public_id, slug, name)
                VALUES ('\(UniqueID(high: 1, low: 1))', 'sunrise', 'Sunrise') RETURNING id::text
                """)
            let number = rows.first?.first.flatMap { $0 }.flatMap { Int32($0) } ?? 0
            let slug = try #require(Slug(text: "sunrise"))
            let tenant = Tenant(
                id: TenantID(number: number), publicID: ID(UniqueID(high: 1, low: 1)), slug: slug,
                name: "Sunrise")
            let request = TenantRequest(
                try plainRequest(), to: tenant, database: place.database,
                now: Instant(seconds: 1_800_000_000),
                requestID: UniqueID(high: 5, low: 5))
            let caller = Caller(
                ID(UniqueID(high: 7, low: 7)), roles: [.init(.nurse), .init(.receptionist)],
                session: ID(UniqueID(high: 8, low: 8)))
            try await body(
                Desk(place: place, request: CallerRequest(request, by: caller, until: request.now)))
        }
    }

    /// The trail, as the auditor reads it.
    func trail() async throws -> [[String?]] {
        try await place.script(
            """
            SET app.tenant_id = '\(request.tenant.id.number)';
            SELECT caller_kind, caller_id::text, caller_role, act, outcome, subject_kind, subject_id::text, address,
                request_id, detail::text FROM audit_event ORDER BY id
            """, at: place.urls.auditor)
    }
}

@Suite("Audit trail: exactly one line for each deed")
struct AuditTrailTests {
    private let subject = UniqueID(high: 3, low: 3)

    @Test("a deed and its line are one transaction: both or neither")
    func together() async throws {
        try await Desk.run { desk in
            let permit = try AccessPolicy.permit(Book.self, for: desk.request)
            let event = AuditEvent(
                Book.permission, of: "appointment", subject, detail: ["minutes": .integer(30)])
            try await permit.clinic.write { AuditTrail.record(event, by: permit, in: $0) }
            await #expect(throws: Refusal.self) {
                try await permit.clinic.write { transaction in
                    AuditTrail.record(event, by: permit, in: transaction)
                    throw Refusal("No.")
                }
            }
            #expect(
                try await desk.trail() == [
                    [
                        "staff", "\(UniqueID(high: 7, low: 7))", "receptionist", "appointments.create",
                        "done",
                        "appointment", "\(subject)", "127.0.0.1", "\(UniqueID(high: 5, low: 5))",
                        "{\"minutes\": 30}",
                    ]
                ])
        }
    }

    @Test("a read leaves one line with what it gives, and none when it fails")
    func reads() async throws {
        try await Desk.run { desk in
            let permit = try AccessPolicy.permit(Book.self, for: desk.request)
            let event = AuditEvent(Permission(.read, .appointments), of: "appointment")
            let rows = try await permit.rows("SELECT name FROM tenant", as: String.self, recording: event)
            #expect(rows == ["Sunrise"])
            await #expect(throws: DatabaseError.self) {
                _ = try await permit.rows(
                    "SELECT 1 / (name = 'x')::int FROM tenant", as: Int.self, recording: event)
            }
            #expect(try await desk.trail().map { $0[3] } == ["appointments.read"])
        }
    }

    @Test("whoever asks for one thing that is not there was denied: the line is of what they were shown")
    func found() async throws {
        try await Desk.run { desk in
            let permit = try AccessPolicy.permit(Book.self, for: desk.request)
            let event = AuditEvent(Permission(.read, .appointments), of: "appointment", subject)
            let name = try await permit.found("SELECT name FROM tenant", as: String.self, recording: event)
            #expect(name == "Sunrise")
            await #expect(throws: Problem.notFound) {
                _ = try await permit.found(
                    "SELECT name FROM tenant WHERE name = \("Sunset")", as: String.self, recording: event)
            }
            let trail = try await desk.trail()
            #expect(Set(trail.map { $0[4] }) == ["done", "denied"] && trail.count == 2)
            #expect(trail.allSatisfy { $0[3] == "appointments.read" && $0[6] == "\(subject)" })
        }
    }

    @Test("a denial is recorded as one")
    func denials() async throws {
        try await Desk.run { desk in
            let denied = AuditEvent(Permission(.approve, .refunds), outcome: .denied, of: "refunds")
            try await DenialBook().record(denied, to: desk.request.request, by: desk.request.caller)
            let line = try #require(try await desk.trail().first)
            #expect(line[3] == "refunds.approve" && line[4] == "denied" && line[6] == nil)
        }
    }

    @Test("the app can neither change nor remove what was recorded")
    func appendOnly() async throws {
        try await Desk.run { desk in
            let permit = try AccessPolicy.permit(Book.self, for: desk.request)
            let event = AuditEvent(Book.permission, of: "appointment", subject)
            try await permit.clinic.once(permit.statement(event))
            for statement: SQL in [
                "UPDATE audit_event SET act = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event",
                "SELECT act FROM audit_event FOR UPDATE",
            ] {
                await #expect(throws: DatabaseError.self) { _ = try await permit.clinic.once(statement) }
            }
            #expect(try await desk.trail().count == 1)
        }
    }

    @Test(
        "a line about nobody known, or of an end that nothing has, is refused by the schema",
        arguments: [("robot", "done", "caller_kind_is_known"), ("system", "lost", "audit_outcome_is_known")])
    func unknownWords(kind: String, outcome: String, constraint: String) async throws {
        try await Desk.run { desk in
            let clinic = desk.request.clinic
            let error = await #expect(throws: DatabaseError.self) {
                _ = try await clinic.once(
                    """
                    INSERT INTO audit_event (tenant_id, id, caller_kind, act, outcome)
                    VALUES (\(clinic.tenant), gen_random_uuid(), \(kind), 'x', \(outcome))
                    """)
            }
            #expect(error?.constraint == constraint)
        }
    }

    @Test("of a flood of denials the first are written whole, the others are counted in one line")
    func flood() async throws {
        try await Desk.run { desk in
            let book = DenialBook(),
                denied = AuditEvent(Book.permission, outcome: .denied, of: "appointments")
            for _ in 0..<100 {
                try await book.record(denied, to: desk.request.request, by: desk.request.caller)
            }
            #expect(try await desk.trail().count == DenialBook.linesPerMinute)
            try await book.settle(in: desk.place.database, at: desk.request.now + .seconds(59))
            #expect(try await desk.trail().count == DenialBook.linesPerMinute)
            try await book.settle(in: desk.place.database, at: desk.request.now + .seconds(61))
            let last = try #require(try await desk.trail().last)
            #expect(last[0] == "nobody" && last[3] == "denials" && last[7] == "127.0.0.1")
            #expect(last[9] == #"{"count": 90, "since": "2027-01-15T08:00:00Z"}"#)
            try await book.settle(in: desk.place.database, at: desk.request.now + .seconds(200))
            #expect(try await desk.trail().count == DenialBook.linesPerMinute + 1)
        }
    }

    @Test("whoever may not is told so, and gets no permit")
    func notAllowed() async throws {
        try await Desk.run { desk in
            let nobody = CallerRequest(
                desk.request.request,
                by: Caller(ID(UniqueID(high: 7, low: 7)), roles: [], session: ID(UniqueID(high: 8, low: 8))),
                until: desk.request.now)
            #expect(throws: Problem.notAllowed) { try AccessPolicy.permit(Book.self, for: nobody) }
        }
    }
}
