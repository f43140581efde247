import Database
import Scheduling
import TestKit
import Testing

/// The rules of the tables whose rows are judged by one function each: what is broken is told by the rule's
/// own name.
@Suite("Rules of rows")
struct RowRuleTests {
    struct Breach: Sendable, CustomStringConvertible {
        let change: String
        let rule: String
        var description: String { "\(rule): \(change)" }

        init(_ change: String, _ rule: String) { (self.change, self.rule) = (change, rule) }
    }

    private static let breaches = [
        Breach("appointment SET stage = 'lost'", "appointment_stage_is_known"),
        Breach("appointment SET version = 0", "appointment_version_counts"),
        Breach("appointment SET reason = repeat('x', 501)", "appointment_reasons_are_short"),
        Breach("appointment SET cancel_reason = repeat('x', 501)", "appointment_reasons_are_short"),
        Breach("appointment SET ends_at = starts_at", "appointment_lasts"),
        Breach("appointment SET ends_at = starts_at + interval '86401 seconds'", "appointment_lasts"),
        Breach("appointment SET stage = 'held'", "appointment_stage_is_known"),
        Breach("appointment SET stage = 'cancelled'", "appointment_cancelled_is_dated"),
        Breach("appointment SET cancelled_at = now()", "appointment_cancelled_is_dated"),
        Breach("appointment SET stage = 'rescheduled'", "appointment_moved_has_a_successor"),
        Breach("appointment SET rescheduled_to = id", "appointment_moved_has_a_successor"),
        Breach("reservation SET unit = -1", "reservation_unit_counts"),
        Breach("reservation SET unit = 500", "reservation_unit_counts"),
        Breach("reservation SET ends_at = starts_at", "reservation_lasts"),
        Breach("reservation SET ends_at = starts_at + interval '86401 seconds'", "reservation_lasts"),
        Breach("reservation SET appointment_id = NULL", "reservation_is_taken_by_one"),
        Breach(
            "reservation SET hold_id = appointment_id, hold_until = now()", "reservation_is_taken_by_one"),
        Breach("reservation SET hold_until = now()", "reservation_is_taken_by_one"),
        Breach(
            "reservation SET appointment_id = NULL, hold_id = appointment_id", "reservation_is_taken_by_one"),
        Breach("idempotency_key SET key = ''", "idempotency_key_is_short"),
        Breach("idempotency_key SET key = repeat('x', 256)", "idempotency_key_is_short"),
        Breach("idempotency_key SET body_digest = ''", "idempotency_key_digest_is_sha256"),
        Breach(
            "idempotency_key SET answer_status = 200, answer_body = convert_to(repeat('x', 1048577), 'UTF8')",
            "idempotency_key_answer_is_small"),
        Breach("idempotency_key SET answer_status = 200", "idempotency_key_answer_is_whole"),
        Breach("idempotency_key SET answer_body = 'x'", "idempotency_key_answer_is_whole"),
    ]

    @Test("whatever breaks a rule is refused by that rule's name, and what goes up to a limit is not")
    func rules() async throws {
        try await TestDatabase.withPlace { place in
            try await IsolationProbe.sow(place)
            for breach in Self.breaches {
                let error = await #expect(throws: DatabaseError.self, "\(breach)") {
                    try await place.script("UPDATE \(breach.change)")
                }
                #expect(error?.constraint == breach.rule && error?.state == .checkViolation)
            }
            try await place.script(
                """
                UPDATE appointment SET version = 1, reason = repeat('ü', 500), cancel_reason = repeat('x', 500),
                    ends_at = starts_at + interval '24 hours';
                UPDATE appointment SET stage = 'cancelled', cancelled_at = now();
                UPDATE appointment SET stage = 'rescheduled', cancelled_at = NULL, rescheduled_to = id;
                UPDATE reservation SET unit = 499, ends_at = starts_at + interval '24 hours';
                UPDATE reservation SET appointment_id = NULL, hold_id = appointment_id, hold_until = now();
                UPDATE idempotency_key SET key = repeat('x', 255), answer_status = 200, answer_body = '';
                """)
        }
    }

    @Test("an appointment can stand wherever the code knows that one may, and nowhere else")
    func stages() async throws {
        try await TestDatabase.withPlace { place in
            let words = try await place.script(
                """
                SELECT word[1] FROM regexp_matches(
                    substring(pg_get_functiondef('appointment_is_sound'::regproc) FROM 'stage NOT IN \\(([^)]*)\\)'),
                    '''([^'']*)''', 'g') AS word
                """)
            #expect(
                words.compactMap { $0[0] }.sorted() == Appointment.Stage.allCases.map(\.rawValue).sorted())
        }
    }

    @Test("each of these tables has one check, of which every row that is there has been asked")
    func checks() async throws {
        try await TestDatabase.withPlace { place in
            let checks = try await place.script(
                """
                SELECT conname FROM pg_constraint WHERE contype = 'c' AND convalidated
                    AND conrelid::regclass::text IN ('appointment', 'reservation', 'idempotency_key')
                ORDER BY conname
                """)
            #expect(
                checks.map { $0[0] } == [
                    "appointment_is_sound", "idempotency_key_is_sound", "reservation_is_sound",
                ])
        }
    }
}
