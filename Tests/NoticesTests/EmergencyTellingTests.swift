import Database
import JobQueue
import Messaging
import TestKit
import Testing
import Trust
import Vocabulary

@testable import Notices

@Suite("Patients are told that their record was opened in an emergency", .serialized)
struct EmergencyTellingTests {
    private static let words = """
        Mitra: a nurse opened your record in an emergency, 27 November, 06:23. Sign in to see who has looked.
        """

    @Test("once, by what they have not declined and where they look; by what role, when, and nothing of why")
    func told() async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.openRecord()
            for _ in 1...2 { try await clinic.tell() }
            #expect(try await clinic.messages() == ["record.opened sms waiting"])
            // It is half past six in the morning there: nobody is woken by it.
            try await clinic.sendAll()
            #expect(try await clinic.messages() == ["record.opened sms waiting"])
            clinic.time.pass(.seconds(2 * 3600))
            try await clinic.sendAll()
            let kept = try await InboxMessage.latest(10, in: clinic.clinic)
            #expect(kept.map(\.address) == ["+919812345678"])
            #expect(kept.map(\.text) == [Self.words])
            let shown = try await clinic.place.script(
                "SELECT template, person_kind, person_id::text, facts ->> 'role' FROM shown_message")
            #expect(shown == [["record.opened", "patient", NoticeClinic.asha, "nurse"]])
            let all = try await clinic.place.script(
                """
                SELECT (SELECT string_agg(m::text, '') FROM message m)
                    || (SELECT string_agg(s::text, '') FROM shown_message s)
                """
            )
            #expect(all[0][0]?.contains("unconscious") == false)
        }
    }

    @Test("who said no to such messages is told on what is left, and where they look")
    func declined() async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.openRecord()
            try await clinic.place.script(
                """
                INSERT INTO message_consent (tenant_id, recipient_id, channel, category, wanted)
                SELECT t, a, 'sms', 'record', false FROM one
                """)
            try await clinic.tell()
            clinic.time.pass(.seconds(2 * 3600))
            try await clinic.sendAll()
            #expect(try await clinic.messages() == ["record.opened email sent"])
            #expect(try await clinic.count("shown_message") == 1)
            try await clinic.place.script(
                """
                DELETE FROM emergency_notice;
                INSERT INTO message_consent (tenant_id, recipient_id, channel, category, wanted)
                SELECT t, a, 'email', 'record', false FROM one
                """)
            try await clinic.tell()
            #expect(try await clinic.messages() == ["record.opened email sent"])
            #expect(try await clinic.count("shown_message") == 2)
        }
    }

    @Test("somebody who has gone is told nothing, be it before it is said or before it is sent")
    func gone() async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.openRecord()
            try await clinic.place.script("UPDATE patient SET active = false")
            try await clinic.tell()
            #expect(try await clinic.messages() == [])
            try await clinic.place.script("UPDATE patient SET active = true")
            try await clinic.tell()
            try await clinic.place.script("UPDATE patient SET active = false")
            clinic.time.pass(.seconds(2 * 3600))
            try await clinic.sendAll()
            #expect(try await clinic.messages() == ["record.opened sms dropped superseded"])
            #expect(try await clinic.count("inbox_message") == 0)
        }
    }

    @Test("in a child's place those are told who answer for its identity, while they do; else the child is")
    func guardians() async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.openRecord()
            try await clinic.place.script("UPDATE patient SET birth_date = '2015-05-05'")
            let mother = try await clinic.guardian("Ana", "{identity}")
            try await clinic.guardian("Dan", "{appointments}")
            try await clinic.guardian("Old", "{identity}", until: "2026-11-26")
            try await clinic.tell()
            let shown = "SELECT template, person_id::text FROM shown_message"
            #expect(try await clinic.place.script(shown) == [["record.opened-of-ward", mother]])
            #expect(try await clinic.messages() == ["record.opened-of-ward sms waiting"])
            try await clinic.place.script("UPDATE guardianship SET ended_at = now(), ended_by = made_by")
            clinic.time.pass(.seconds(2 * 3600))
            try await clinic.sendAll()
            #expect(try await clinic.messages() == ["record.opened-of-ward sms dropped superseded"])
            try await clinic.tell()
            #expect(try await clinic.place.script("\(shown) WHERE template = 'record.opened'").count == 1)
        }
    }

    @Test("whoever is of age is told themselves, whoever answers for them; the clinic says what that age is")
    func ofAge() async throws {
        try await NoticeClinic.with { clinic in
            try await clinic.openRecord()
            try await clinic.place.script("UPDATE patient SET birth_date = '2010-11-26'")
            try await clinic.guardian("Ana", "{identity}")
            try await clinic.tell(ofAge: 16)
            #expect(try await clinic.messages() == ["record.opened sms waiting"])
            try await clinic.tell(ofAge: 17)
            #expect(
                try await clinic.messages() == [
                    "record.opened sms waiting", "record.opened-of-ward sms waiting",
                ])
        }
    }
}

extension NoticeClinic {
    fileprivate static let asha = "00000000-0000-7000-8000-000000000001"
    fileprivate static let emergency = ID<EmergencyAccess>(UniqueID(high: 0x7000, low: 0x8000_0000_0000_0005))

    /// A nurse has opened Asha's record, three days ago.
    fileprivate func openRecord() async throws {
        try await place.script(
            """
            INSERT INTO emergency_access (tenant_id, id, staff_member_id, role, patient_id, reason, words, began_at, ends_at,
                review_due_at)
            SELECT t, '\(Self.emergency.unique.uuidText)', a, 'nurse', a, 'life_threat', 'Found unconscious in the hall.',
                '\((time.now - .seconds(72 * 3600)).text)', '\((time.now - .seconds(71 * 3600)).text)',
                '\(time.now.text)' FROM one
            """)
    }

    /// As the job does when it is due.
    fileprivate func tell(ofAge age: Int = 18) async throws {
        try await clinic.write {
            try await telling.tell(of: Self.emergency, by: [.sms, .email], ofAge: age, in: $0)
        }
    }

    /// Somebody who answers for Asha.
    @discardableResult
    fileprivate func guardian(_ name: String, _ categories: String, until end: String = "2030-01-01")
        async throws
        -> String
    {
        let rows = try await place.script(
            """
            WITH made AS (INSERT INTO resource (tenant_id, id, kind) SELECT t, gen_random_uuid(), 'patient' FROM one
                RETURNING tenant_id, id),
            somebody AS (INSERT INTO patient (tenant_id, id, name, birth_date, phone)
                SELECT tenant_id, id, '\(name)', '1985-01-01', '+919812345679' FROM made RETURNING id)
            INSERT INTO guardianship (tenant_id, id, ward_id, guardian_id, relation, categories, since, valid_until, made_by)
            SELECT t, gen_random_uuid(), a, somebody.id, 'parent', '\(categories)', '2020-01-01', '\(end)', a
            FROM one, somebody RETURNING guardian_id::text
            """)
        return rows[0][0] ?? ""
    }

    fileprivate func count(_ table: String) async throws -> Int {
        Int(try await place.script("SELECT count(*)::text FROM \(table)")[0][0] ?? "") ?? -1
    }
}
