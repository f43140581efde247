import Database
import JSON
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@testable import Trust

@Suite("A clinic lets somebody of the platform in", .timeLimit(.minutes(2)))
struct SupportJourney {
    private static let address = "ines@platform.example"
    private static let why = #""reason": "Reminders leave an hour late.""#

    private func wish(_ areas: String, _ more: String = "") -> String {
        #"{"agent": "Ines@Platform.example", "areas": [\#(areas)], \#(Self.why)\#(more)}"#
    }

    @Test("they see what was named and nothing of any patient, and every line says by which grant")
    func life() async throws {
        try await JourneyHouse.open { house in
            let (admin, patient) = (house.first.admin, house.first.cast.patient)
            let agent = try await house.hire(Self.address)
            #expect(try await house.content(of: house.challenge("email", Self.address)) == nil)
            _ = try await house.bookWithColleague(patient, at: "2027-01-04T09:00:00Z")
            let opened = try await admin.send(
                "POST", "/v1/support-grants", json: wish(#""configuration", "appointments""#))
            #expect(opened.status == 201, "\(opened.text)")
            let id = try #require(ID<SupportGrant>(text: try opened.parsed["id"]?.stringValue ?? ""))
            #expect(try opened.parsed["agent"]?.stringValue == agent.id.text)
            #expect(try opened.parsed["ends_at"]?.stringValue == (house.time.now + .seconds(3600)).text)

            house.time.pass(.seconds(31))
            let entered = try await house.signedIn(Self.address, by: "email")
            #expect(try entered.parsed["kind"]?.stringValue == "support")
            let support = try house.caller(entered), me = try await support.json("/v1/me")
            #expect(me["support"]?["grant"]?.stringValue == id.text && me["id"]?.stringValue == id.text)
            #expect(me["support"]?["agent"]?.stringValue == agent.id.text)
            #expect(me["roles"] == ["platform.support"] && me["name"]?.stringValue == "Ines Duarte")
            #expect(try await admin.json("/v1/me")["support"] == .null)
            #expect(try await support.send("GET", "/v1/webhooks").status == 200)
            let visits = try await support.send("GET", "/v1/appointments" + JourneyHouse.month)
            #expect(try visits.parsed["items"]?.arrayValue?.count == 1)
            #expect(!visits.text.contains(patient.text), "that somebody comes, and not who")
            for closed in ["/v1/practitioners", "/v1/patients", "/v1/patients/\(patient.text)"] {
                #expect(try await support.send("GET", closed).status == 403, "\(closed)")
            }
            let clinic = house.first.tenant.publicID.unique
            let unsaid = """
                audit_event WHERE caller_kind = 'support' AND (caller_id <> '\(id.unique)'
                    OR detail -> 'support' ->> 'grant' IS DISTINCT FROM '\(id.unique)'
                    OR detail -> 'support' ->> 'on_behalf_of' IS DISTINCT FROM '\(clinic)')
                """
            #expect(try await house.count(unsaid) == 0)
            let lines = try await house.rows(
                """
                SELECT act || ' ' || outcome || coalesce(' ' || caller_role || ' ' || purpose, '')
                FROM audit_event WHERE caller_kind = 'support'
                """)
            let wanted = [
                "sessions.create done", "appointments.read done platform.support support",
                "demographics.read denied platform.support support",
            ]
            for line in wanted { #expect(lines.contains(line), "\(line)") }
        }
    }

    @Test("those who run the clinic are told when somebody may come in, is in and is out, and show them out")
    func shownOut() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            _ = try await house.hire(Self.address)
            let opened = try await admin.send("POST", "/v1/support-grants", json: wish(#""configuration""#))
            let place = try #require(opened["location"])
            #expect(try await house.news(of: "support") == ["support.opened"])
            let twice = try await admin.send("POST", "/v1/support-grants", json: wish(#""schedule""#))
            #expect(twice.status == 409)
            let entered = try await house.signedIn(Self.address, by: "email")
            let support = try house.caller(entered)
            #expect(try await support.send("GET", "/v1/webhooks").status == 200)
            #expect(try await house.news(of: "support") == ["support.entered"])
            let open = try await admin.json("/v1/support-grants?open=true")["items"]?.arrayValue ?? []
            #expect(open.map { $0["entered_at"]?.stringValue } == [house.time.now.text])
            #expect(try await house.second.admin.json("/v1/support-grants")["items"] == [])

            let ended = try await admin.send("POST", "\(place)/end", json: "{}")
            #expect(ended.status == 200, "\(ended.text)")
            try await house.settle()
            #expect(try await support.send("GET", "/v1/me").status == 401)
            let token = try entered.parsed["refresh_token"]?.stringValue ?? ""
            #expect(try await house.refresh(token).status == 401)
            #expect(try await admin.send("POST", "\(place)/end", json: "{}").status == 409)
            #expect(try await admin.json("/v1/support-grants?open=true")["items"] == [])
            #expect(try await house.news(of: "support") == ["support.ended"])
            house.time.pass(.seconds(31))
            #expect(try await house.content(of: house.challenge("email", Self.address)) == nil)
        }
    }

    @Test("it takes whoever runs the clinic, a fresh proof, a reason, an area and two hours at most")
    func conditions() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin, fine = wish(#""queue""#)
            _ = try await house.hire(Self.address)
            for stranger in [house.first.desk, house.first.practitioner] {
                #expect(try await stranger.send("POST", "/v1/support-grants", json: fine).status == 403)
            }
            for (body, pointer) in [
                (wish(""), "/areas"), (wish(#""clinical_notes""#), "/areas/0"),
                (wish(#""queue""#, #", "minutes": 121"#), "/minutes"),
                (wish(#""queue""#, #", "minutes": 4"#), "/minutes"),
                (fine.replacing("Reminders leave an hour late.", with: "Please look."), "/reason"),
                (fine.replacing("Ines@", with: "Nobody@"), "/agent"),
            ] {
                let told = try await admin.send("POST", "/v1/support-grants", json: body)
                #expect(told.status == 422, "\(body): \(told.text)")
                let pointers = try told.parsed["errors"]?.arrayValue?.map { $0["pointer"]?.stringValue }
                #expect(pointers == [pointer], "\(body)")
            }
            async let one = admin.send("POST", "/v1/support-grants", json: fine)
            async let other = admin.send("POST", "/v1/support-grants", json: fine)
            #expect(try await [one, other].map(\.status).sorted() == [201, 409])
            house.time.pass(.seconds(301))
            let stale = try await admin.send("POST", "/v1/support-grants", json: fine)
            #expect(try stale.status == 401 && stale.parsed["code"]?.stringValue == "step_up_required")
            await #expect(throws: (any Error).self) {
                _ = try await house.rows(
                    "UPDATE support_grant SET ends_at = began_at + interval '121 minutes' RETURNING 'longer'")
            }
        }
    }

    @Test("nothing that it has allowed outlives it, at whatever moment it was given out")
    func ends() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            _ = try await house.hire(Self.address)
            let made = try await admin.send(
                "POST", "/v1/support-grants", json: wish(#""schedule""#, #", "minutes": 15"#))
            let grant = try #require(ID<SupportGrant>(text: try made.parsed["id"]?.stringValue ?? ""))
            var entered = try await house.signedIn(Self.address, by: "email")
            #expect(try entered.parsed["expires_in"]?.integerValue == 600)
            #expect(try entered.parsed["refresh_expires_in"]?.integerValue == 900)
            house.time.pass(.seconds(590))
            let refreshed = try await house.refresh(try entered.parsed["refresh_token"]?.stringValue ?? "")
            #expect(try refreshed.parsed["expires_in"]?.integerValue == 310)
            #expect(try refreshed.parsed["refresh_expires_in"]?.integerValue == 310)
            entered = try await house.signedIn(Self.address, by: "email")
            #expect(try entered.parsed["expires_in"]?.integerValue == 310)
            #expect(try await house.caller(entered).send("GET", "/v1/practitioners").status == 200)
            house.time.pass(.seconds(31))
            let late = try await house.challenge("email", Self.address.uppercased())
            let code = try await house.code(of: late)
            house.time.pass(.seconds(279))
            for reply in [entered, refreshed] {
                #expect(try await house.caller(reply).send("GET", "/v1/me").status == 401)
                let token = try reply.parsed["refresh_token"]?.stringValue ?? ""
                #expect(try await house.refresh(token).status == 401)
            }
            #expect(try await house.verify(late, code).parsed["code"]?.stringValue == "wrong_code")
            #expect(try await house.count("job WHERE kind = 'end-support'") == 1)
            try await house.runOut(grant)
            #expect(try await house.news(of: "support") == ["support.ended"])
            let line = try await house.rows(
                """
                SELECT caller_kind FROM audit_event
                WHERE act = 'support.end' AND subject_id = '\(grant.unique)'
                """)
            #expect(line == ["system"])
        }
    }

    @Test("whoever comes in at the very moment at which they are shown out is out")
    func race() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            _ = try await house.hire(Self.address)
            for round in 0..<5 {
                let made = try await admin.send("POST", "/v1/support-grants", json: wish(#""queue""#))
                let place = try #require(made["location"])
                let challenge = try await house.challenge("email", Self.address)
                let code = try await house.code(of: challenge)
                async let entering = house.verify(challenge, code)
                async let ending = admin.send("POST", "\(place)/end", json: "{}")
                let (entered, ended) = try await (entering, ending)
                #expect(ended.status == 200, "\(round): \(ended.text)")
                #expect([200, 422].contains(entered.status), "\(round): \(entered.text)")
                try await house.settle()
                let caller = try house.caller(entered)
                #expect(try await caller.send("GET", "/v1/me").status == 401, "\(round)")
                let open = "sign_in WHERE person_kind = 'support' AND ended_at IS NULL"
                #expect(try await house.count(open) == 0, "\(round)")
                house.time.pass(.seconds(31))
            }
        }
    }

    @Test("to strangers an address that may come in is as any other, and at the next clinic it is nobody's")
    func strangers() async throws {
        try await JourneyHouse.open { house in
            _ = try await house.hire(Self.address)
            _ = try await house.first.admin.send(
                "POST", "/v1/support-grants", json: wish(#""configuration""#))
            let known = try await house.ask("email", Self.address)
            let unknown = try await house.ask("email", "nobody@platform.example")
            #expect(try house.faceless(known) == house.faceless(unknown))
            let entered = try await house.caller(
                house.verify(
                    try known.parsed["challenge"]?.stringValue ?? "",
                    try await house.code(of: try known.parsed["challenge"]?.stringValue ?? "")))
            let next = WireCaller(
                port: entered.port, host: house.second.desk.host, token: entered.token)
            #expect(try await next.send("GET", "/v1/me").parsed["code"]?.stringValue == "wrong_clinic")
            let grant = try await house.first.admin.json("/v1/support-grants")["items"]?.arrayValue?.first
            let place = "/v1/support-grants/\(grant?["id"]?.stringValue ?? "")"
            #expect(try await house.first.admin.send("GET", place).status == 200)
            #expect(try await house.second.admin.send("GET", place).status == 404)
            #expect(try await house.second.admin.send("POST", "\(place)/end", json: "{}").status == 404)
        }
    }

    @Test("whoever gives support no longer is out of every clinic, and each clinic's trail says so")
    func removed() async throws {
        try await JourneyHouse.open { house in
            let agent = try await house.hire(Self.address)
            for clinic in [house.first, house.second] {
                let made = try await clinic.admin.send(
                    "POST", "/v1/support-grants", json: wish(#""configuration""#))
                #expect(made.status == 201, "\(made.text)")
            }
            let agents = SupportAgents(in: house.place.database)
            #expect(try await agents.list().map(\.clinics) == [["asha", "ravi"]])
            let support = try house.caller(try await house.signedIn(Self.address, by: "email"))
            #expect(try await support.send("GET", "/v1/webhooks").status == 200)
            let gone = try await agents.remove(Self.address, by: "operator test", at: house.time.now)
            #expect(gone.id == agent.id)
            try await house.settle()
            #expect(try await support.send("GET", "/v1/webhooks").status == 401)
            #expect(try await house.count("support_grant WHERE ended_at IS NULL") == 0)
            #expect(
                try await house.count("audit_event WHERE act = 'support.end' AND caller_kind = 'system'") == 2
            )
            let again = try await house.first.admin.send(
                "POST", "/v1/support-grants", json: wish(#""configuration""#))
            #expect(again.status == 422)
            await #expect(throws: Refusal.self) {
                _ = try await agents.remove(Self.address, by: "operator test", at: house.time.now)
            }
        }
    }
}

extension JourneyHouse {
    /// Somebody gives support from now on.
    func hire(_ address: String) async throws -> SupportAgents.Entry {
        try await SupportAgents(in: place.database).add(name: "Ines Duarte", email: address, at: time.now)
    }

    /// What the administrator is told of, once the last of such events has been handed over.
    fileprivate func news(of kinds: String) async throws -> [String?] {
        try await tellLast(of: kinds)
        let shown = try await first.admin.json("/v1/notifications")["items"]?.arrayValue ?? []
        return shown.map { $0["kind"]?.stringValue }
    }

    /// The database's clock is past the grant's end, and the job that waited for it runs.
    fileprivate func runOut(_ grant: ID<SupportGrant>) async throws {
        _ = try await rows(
            """
            UPDATE support_grant SET began_at = '2026-01-01', ends_at = '2026-01-01 00:15' RETURNING 'over'
            """)
        try await place.database.clinic(first.tenant.id).write { clinic in
            try await EndSupportInTime(grant: grant).end(in: clinic)
            try await EndSupportInTime(grant: grant).end(in: clinic)
        }
    }
}
