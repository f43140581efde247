import JSON
import Records
import Scheduling
import Tenancy
import TestKit
import Testing
import Trust
import Vocabulary

@testable import Outbox

@Suite("A record is opened in an emergency, and somebody looks at it", .timeLimit(.minutes(2)))
struct EmergencyJourney {
    private let why = #"{"reason": "life_threat", "words": "Found unconscious in the hall."}"#

    private func path(_ house: JourneyHouse) -> String { "/v1/patients/\(house.first.cast.patient.text)" }

    @Test("it opens one record to read, for an hour, and each access is marked")
    func opened() async throws {
        try await JourneyHouse.open { house in
            let (carer, path) = (house.first.practitioner, path(house))
            let appointment = try await house.bookWithColleague(
                house.first.cast.patient, at: "2027-01-04T09:00:00Z")
            try await house.confineDoctors()
            try await house.proveSecondFactor()
            #expect(try await carer.send("GET", path).status == 404)
            let opened = try await carer.send("POST", "\(path)/emergency-access", json: why)
            #expect(opened.status == 201, "\(opened.text)")
            #expect(try opened.parsed["ends_at"]?.stringValue == (JourneyHouse.now + .seconds(3600)).text)
            // Of a Sunday's, Wednesday is the third working day; it ends at ten in the evening by UTC.
            #expect(try opened.parsed["review_due_at"]?.stringValue == "2027-01-06T22:00:00Z")
            #expect(try await carer.send("POST", "\(path)/emergency-access", json: why).status == 409)
            try await house.settle()
            #expect(try await carer.json(path)["name"]?.stringValue != nil)
            #expect(try await carer.send("GET", appointment).status == 200)
            let because = #"{"reason": "She is well again."}"#
            #expect(try await carer.send("POST", "\(appointment)/cancel", json: because).status == 403)
            let lists = ["/v1/patients", "/v1/appointments" + JourneyHouse.month]
            for list in lists { #expect(try await carer.json(list)["items"] == [], "\(list)") }
            #expect(try await carer.send("GET", "\(path)/message-consent").status == 404)
            #expect(try await carer.send("GET", "\(path)/care-team").status == 404)
            let marked = try await house.rows(
                """
                SELECT act || ' ' || coalesce(purpose, '') FROM audit_event
                WHERE detail ? 'emergency' AND outcome = 'done'
                """)
            #expect(marked.count == 3)
            #expect(marked.contains("demographics.read emergency"))
            #expect(marked.contains("appointments.read emergency"))
            let waiting = "SELECT run_at AT TIME ZONE 'UTC' FROM job WHERE kind = 'tell-of-emergency'"
            #expect(try await house.rows(waiting) == ["2027-01-06 10:00:00"], "after 72 hours")
            #expect(try await carer.json("/v1/me")["roles"] == ["doctor"])
            house.time.pass(.seconds(3601))
            #expect(try await carer.send("GET", path).status == 404)
            #expect(try await carer.send("GET", appointment).status == 404)
        }
    }

    @Test("a clinic says after how long a patient is told, and may tell nobody")
    func policy() async throws {
        try await JourneyHouse.open { house in
            try await house.proveSecondFactor()
            for (hours, due) in [(0, []), (5, ["2027-01-03 15:00:00"])] as [(Int, [String?])] {
                try await house.configure(access: #"{"emergency_notice_hours": \#(hours)}"#)
                let opened = try await house.first.practitioner.send(
                    "POST", path(house) + "/emergency-access", json: why)
                #expect(opened.status == 201, "\(opened.text)")
                let waiting = "SELECT run_at AT TIME ZONE 'UTC' FROM job WHERE kind = 'tell-of-emergency'"
                #expect(try await house.rows(waiting) == due)
                _ = try await house.rows("UPDATE emergency_access SET ended_at = began_at")
            }
        }
    }

    @Test("it takes a clinical role, a fresh second factor, a reason and words that say something")
    func conditions() async throws {
        try await JourneyHouse.open { house in
            let (carer, path) = (house.first.practitioner, path(house) + "/emergency-access")
            #expect(try await house.first.desk.send("POST", path, json: why).status == 403)
            #expect(try await house.first.admin.send("POST", path, json: why).status == 403)
            let unproven = try await carer.send("POST", path, json: why)
            #expect(unproven.status == 401)
            #expect(try unproven.parsed["code"]?.stringValue == "step_up_required")
            try await house.proveSecondFactor()
            for words in ["Too short.", String(repeating: " ", count: 20)] {
                let body = #"{"reason": "safety", "words": "\#(words)"}"#
                #expect(try await carer.send("POST", path, json: body).status == 422)
            }
            let curious = #"{"reason": "curiosity", "words": "I would like to know who it is."}"#
            #expect(try await carer.send("POST", path, json: curious).status == 422)
            let unknown = "/v1/patients/\(ID<Patient>.random(at: JourneyHouse.now).text)/emergency-access"
            #expect(try await carer.send("POST", unknown, json: why).status == 404)
            let foreign = "/v1/patients/\(house.second.cast.patient.text)/emergency-access"
            #expect(try await carer.send("POST", foreign, json: why).status == 404)
            house.time.pass(.seconds(301))
            #expect(try await carer.send("POST", path, json: why).status == 401)
            #expect(try await house.count("emergency_access") == 0)
        }
    }

    @Test("somebody else reviews it, once; whoever opened it can close it early")
    func review() async throws {
        try await JourneyHouse.open { house in
            let (carer, admin, path) = (house.first.practitioner, house.first.admin, path(house))
            try await house.proveSecondFactor()
            let opened = try await carer.send("POST", "\(path)/emergency-access", json: why)
            let emergency = try opened.parsed["id"]?.stringValue ?? ""
            try await house.tellLast(of: "emergency")
            let told = try await admin.json("/v1/notifications")["items"]?.arrayValue ?? []
            #expect(told.map { $0["kind"]?.stringValue } == ["emergency.opened"])
            #expect(try await carer.json("/v1/notifications")["items"] == [])
            #expect(try await carer.send("GET", "/v1/emergency-access").status == 403)
            let listed = try await admin.json("/v1/emergency-access?waiting=true")["items"]?.arrayValue
            #expect(listed?.map { $0["id"]?.stringValue } == [emergency])
            let place = try #require(opened["location"])
            for reader in [carer, admin] {
                let shown = try await reader.json(place)
                #expect(shown["words"]?.stringValue == "Found unconscious in the hall.")
            }
            for stranger in [house.first.desk, house.second.admin] {
                #expect(try await stranger.send("GET", place).status == 404)
            }

            let ended = try await carer.send("POST", "/v1/emergency-access/\(emergency)/end", json: "{}")
            #expect(ended.status == 200)
            try await house.settle()
            #expect(try await carer.send("GET", path).status == 404)
            let twice = try await carer.send("POST", "/v1/emergency-access/\(emergency)/end", json: "{}")
            #expect(twice.status == 404)

            let verdict = #"{"verdict": "justified", "words": "She could not wait."}"#
            let review = "/v1/emergency-access/\(emergency)/review"
            #expect(try await carer.send("POST", review, json: verdict).status == 403)
            #expect(try await house.second.admin.send("POST", review, json: verdict).status == 404)
            let reviewed = try await admin.send("POST", review, json: verdict)
            #expect(reviewed.status == 200, "\(reviewed.text)")
            #expect(try reviewed.parsed["verdict"]?.stringValue == "justified")
            #expect(try await admin.send("POST", review, json: verdict).status == 409)
            #expect(try await admin.json("/v1/emergency-access?waiting=true")["items"] == [])
            try await house.tellLast(of: "emergency")
            let deeds = [
                "closed your record after an emergency", "opened your record in an emergency",
                "reviewed an emergency in which your record was opened",
            ]
            #expect(try await house.accessLog(of: house.first.cast.patient).sorted() == deeds)
            let news = try await carer.json("/v1/notifications")["items"]?.arrayValue ?? []
            #expect(news.map { $0["kind"]?.stringValue } == ["emergency.reviewed"])
        }
    }

    @Test("nobody reviews their own, and whoever owes two reviews that are overdue opens nothing more")
    func owed() async throws {
        try await JourneyHouse.open { house in
            let (carer, admin, path) = (house.first.practitioner, house.first.admin, path(house))
            try await house.proveSecondFactor()
            _ = try await house.rows(house.giving("compliance.auditor"))
            try await house.settle()
            let first = try await carer.send("POST", "\(path)/emergency-access", json: why)
            let emergency = try first.parsed["id"]?.stringValue ?? ""
            let verdict = #"{"verdict": "justified", "words": "I had to."}"#
            let review = "/v1/emergency-access/\(emergency)/review"
            #expect(try await carer.send("POST", review, json: verdict).status == 403)
            let denied = "SELECT act || ' ' || caller_role FROM audit_event WHERE outcome = 'denied'"
            #expect(try await house.rows(denied).count == 1, "nobody reviews their own unseen")
            _ = try await house.rows(
                """
                INSERT INTO emergency_access (tenant_id, id, staff_member_id, role, patient_id, reason, words,
                    began_at, ends_at, review_due_at)
                SELECT tenant_id, gen_random_uuid(), staff_member_id, role, patient_id, reason, words, began_at,
                    ends_at, review_due_at FROM emergency_access;
                UPDATE emergency_access SET ended_at = began_at, review_due_at = '2027-01-01'
                """)
            let third = try await carer.send("POST", "\(path)/emergency-access", json: why)
            #expect(third.status == 422)
            #expect(try third.parsed["code"]?.stringValue == "refused")
            #expect(try await admin.send("POST", review, json: verdict).status == 200)
            let fourth = try await carer.send("POST", "\(path)/emergency-access", json: why)
            #expect(fourth.status == 201, "\(fourth.text)")
        }
    }

    @Test("what an emergency opens is read, and is no list")
    func everyOperation() async throws {
        try await JourneyHouse.open { house in
            let opened = try await house.operations().filter { $0.reaches("opened") }
            for operation in opened {
                let names = operation.body["parameters"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
                #expect(operation.method == "get" && names?.contains("cursor") == false, "\(operation.path)")
            }
            #expect(opened.map(\.path).contains("/v1/patients/{patient}"))
        }
    }
}

extension JourneyHouse {
    /// The first clinic says something else about who comes in, and how far.
    fileprivate func configure(access: String) async throws {
        _ = try await rows(
            """
            INSERT INTO clinic_configuration (tenant_id, version, body, applied_by)
            SELECT tenant_id, version + 1, body || '{"access": \(access)}', 'test' FROM clinic_configuration
            WHERE tenant_id = \(first.tenant.id.number) ORDER BY version DESC LIMIT 1
            """)
        try await settle()
    }

    /// The practitioner has an app set up since yesterday, and has just given its code.
    func proveSecondFactor() async throws {
        _ = try await rows(
            """
            INSERT INTO time_code (tenant_id, staff_member_id, sealed_secret, last_step, made_at, confirmed_at)
            SELECT tenant_id, staff_member_id, sha256('s') || substr(sha256('t'), 1, 16), 1, '2027-01-01',
                '2027-01-01' FROM practitioner WHERE id = '\(first.cast.practitioner.unique)'
            ON CONFLICT DO NOTHING;
            UPDATE sign_in SET proven_at = '\(time.now.text)' WHERE tenant_id = \(first.tenant.id.number)
            """)
    }

    /// The practitioner is something else as well.
    fileprivate func giving(_ role: String) -> String {
        """
        INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
        SELECT tenant_id, gen_random_uuid(), staff_member_id, '\(role)' FROM practitioner
        WHERE id = '\(first.cast.practitioner.unique)'
        """
    }

    /// The relay hands over what was said last of such things.
    func tellLast(of kinds: String) async throws {
        let facts = try await rows(
            """
            SELECT kind || ' ' || subject_id || ' ' || payload FROM outbox WHERE kind LIKE '\(kinds).%'
            ORDER BY sequence DESC LIMIT 1
            """)
        for line in facts {
            let parts = line?.split(separator: " ", maxSplits: 2).map(String.init) ?? []
            guard parts.count == 3, let subject = UniqueID(uuidText: parts[1]) else { continue }
            try await happen(parts[0], about: subject, parts[2])
        }
    }
}
