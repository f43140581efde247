import Database
import Identity
import JSON
import Roles
import Scheduling
import Staffing
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("A chain has roles for its clinics", .timeLimit(.minutes(2)))
struct ChainJourney {
    private static let desk = """
        "definition": {"bases": ["receptionist", "nurse"], "removes": ["appointments.void"],
         "adds": [{"permission": "reports.read", "reach": "location"}]}
        """
    private static let template =
        #"{"slug": "desk", "title": "Desk", \#(desk), "locked": ["adds", "removes"]}"#

    @Test(
        "published, adopted, taken up; each act a line with what was and what is, at the clinic that acted"
    )
    func life() async throws {
        try await JourneyHouse.open { house in
            let owner = try await house.chain(), (here, there) = (house.first.admin, house.second.admin)
            #expect(
                try await here.send("POST", "/v1/role-templates", json: Self.template).code() == "not_allowed"
            )
            let published = try await owner.send("POST", "/v1/role-templates", json: Self.template)
            #expect(published.status == 201, "\(published.text)")
            let path = try #require(published["location"])
            #expect(try await there.json(path)["template"]?["slug"] == "desk")
            #expect(try await owner.send("POST", "/v1/role-templates", json: Self.template).status == 409)

            let adopted = try await there.send("POST", "\(path)/adopt", json: #"{"slug": "front"}"#)
            #expect(adopted.status == 201, "\(adopted.text)")
            let role = try #require(adopted["location"]), id = try adopted.parsed["id"]?.stringValue ?? ""
            #expect(try adopted.parsed["template"]?["is_behind"] == false)
            let staff = house.second.cast.receptionist.text
            let given = try await there.send(
                "POST", "/v1/staff/\(staff)/roles", json: #"{"role": "own.front"}"#)
            #expect(given.status == 201, "\(given.text)")

            let next = """
                {"based_on": 1, "locked": ["adds", "removes", "bases"], "definition": {"bases": ["receptionist"],
                 "removes": ["appointments.void", "demographics.update"]}}
                """
            #expect(try await owner.send("POST", "\(path)/versions", json: next).status == 200)
            #expect(try await owner.send("POST", "\(path)/versions", json: next).status == 409)
            let unchanged = try await there.json(role)["role"]
            #expect(unchanged?["version"] == 1 && unchanged?["template"]?["is_behind"] == true)
            let offered = try await there.json("/v1/role-templates")["items"]?.arrayValue?.first
            #expect(offered?["adopted"]?.arrayValue?.first?["taken_up"]?["live_version"] == 2)

            let wish = #"{"role": "\#(id)", "template": "\#(path.split(separator: "/").last ?? "")"}"#
            let foretold = try await there.send("POST", "/v1/roles/preview", json: wish)
            #expect(foretold.status == 200, "\(foretold.text)")
            let loses = try foretold.parsed["people"]?.arrayValue?.first?["loses"]?.arrayValue ?? []
            #expect(loses.contains { $0["permission"] == "clinical_notes.read" })
            let taken = try await there.send("POST", "\(role)/take-up", json: #"{"based_on": 1}"#)
            #expect(taken.status == 200, "\(taken.text)")
            #expect(try taken.parsed["template"]?["version"] == 2 && taken.parsed["version"] == 2)
            #expect(try taken.parsed["definition"]?["bases"] == ["receptionist"])
            #expect(try await there.send("POST", "\(role)/take-up", json: #"{"based_on": 2}"#).status == 409)
            #expect(try await owner.send("DELETE", path).status == 204)
            #expect(try await there.json(role)["role"]?["template"]?["live_version"] == .null)
            #expect(try await there.send("POST", "\(path)/adopt", json: #"{"slug": "late"}"#).status == 409)
            try await trail(of: house)
        }
    }

    @Test("a clinic whose role is behind is told so, once for each version; others are told nothing")
    func told() async throws {
        try await JourneyHouse.open { house in
            let owner = try await house.chain(), there = house.second.admin
            let published = try await owner.send("POST", "/v1/role-templates", json: Self.template)
            let path = try #require(published["location"])
            let adopted = try await there.send("POST", "\(path)/adopt", json: #"{"slug": "front"}"#)
            let role = try #require(adopted["location"])
            #expect(try await house.tellOfOutdatedRoles() == [])

            for version in 1...2 {
                let next = #"{"based_on": \#(version), "definition": {"bases": ["receptionist"]}}"#
                #expect(try await owner.send("POST", "\(path)/versions", json: next).status == 200)
                let id = try adopted.parsed["id"]?.stringValue.flatMap { ID<OwnRole>(text: $0) }
                #expect(try await house.tellOfOutdatedRoles() == [try #require(id).unique])
                #expect(try await house.tellOfOutdatedRoles() == [], "once is enough")
                let shown = try await there.json("/v1/notifications")["items"]?.arrayValue ?? []
                #expect(
                    shown.map { $0["kind"] } == ["role.outdated"],
                    "the later one takes the earlier one's place")
            }
            for other in [house.first.admin, house.second.desk] {
                #expect(try await other.json("/v1/notifications")["items"] == [])
            }
            #expect(try await there.send("POST", "\(role)/take-up", json: #"{"based_on": 1}"#).status == 200)
            #expect(try await house.tellOfOutdatedRoles() == [], "and nothing is behind any more")
        }
    }

    private func trail(of house: JourneyHouse) async throws {
        let lines = try await house.rows(
            """
            SELECT t.slug || ' ' || e.act || ' ' || e.subject_kind FROM audit_event e JOIN tenant t ON t.id = e.tenant_id
            WHERE e.outcome = 'done' AND e.subject_kind IN ('role_template', 'role')
                AND jsonb_array_length(e.detail -> 'changes') > 0 ORDER BY 1
            """)
        #expect(
            lines == [
                "asha staff.create role_template", "asha staff.update role_template",
                "asha staff.update role_template", "ravi staff.create role", "ravi staff.update role",
            ])
        let told = try await house.rows(
            """
            SELECT change ->> 'before' || ' to ' || (change ->> 'after')
            FROM audit_event, jsonb_array_elements(detail -> 'changes') change
            WHERE change ->> 'field' = 'role_template_version.body/bases' AND change ->> 'before' IS NOT NULL
            """)
        #expect(told == [#"["receptionist", "nurse"] to ["receptionist"]"#])
    }

    @Test("a clinic narrows what is locked, changes what is not, and is told where it would widen")
    func narrowing() async throws {
        try await JourneyHouse.open { house in
            let owner = try await house.chain(), there = house.second.admin
            let path = try #require(
                try await owner.send("POST", "/v1/role-templates", json: Self.template)["location"])
            let wider = """
                {"slug": "a", "definition": {"bases": ["receptionist"],
                 "adds": [{"permission": "reports.read", "reach": "tenant"}]}}
                """
            for target in ["\(path)/adopt"] {
                let told = try await there.send("POST", target, json: wider)
                let errors = try told.parsed["errors"]?.arrayValue ?? []
                #expect(told.status == 422 && errors.allSatisfy { $0["code"] == "locked" })
                #expect(
                    errors.map { $0["pointer"]?.stringValue } == ["/definition/adds", "/definition/removes"])
            }
            let narrower = """
                {"slug": "a", "definition": {"bases": ["pharmacist"],
                 "removes": ["stock.void", "appointments.void"]}}
                """
            let adopted = try await there.send("POST", "\(path)/adopt", json: narrower)
            #expect(adopted.status == 201, "\(adopted.text)")
            let role = try #require(adopted["location"])
            let saved = try await there.send(
                "POST", "\(role)/versions", json: #"{"based_on": 1, "definition": {"bases": ["doctor"]}}"#)
            #expect(try saved.parsed["errors"]?.arrayValue?.first?["pointer"] == "/definition/removes")
            let tightened = """
                {"based_on": 1, "locked": ["removes"], "definition": {"bases": ["receptionist"],
                 "removes": ["appointments.void", "stock.read"]}}
                """
            #expect(try await owner.send("POST", "\(path)/versions", json: tightened).status == 200)
            let late = """
                {"based_on": 1, "definition": {"bases": ["pharmacist"], "removes": ["appointments.void", "stock.void"]}}
                """
            #expect(
                try await there.send("POST", "\(role)/versions", json: late).status == 422,
                "whoever changes the role answers to the template as it is by now")
            let taken = try await there.send("POST", "\(role)/take-up", json: #"{"based_on": 1}"#)
            #expect(
                try taken.parsed["definition"]?["bases"] == ["pharmacist"], "the clinic's own change stays")
            #expect(
                try taken.parsed["definition"]?["removes"]
                    == ["stock.void", "appointments.void", "stock.read"])
        }
    }

    @Test("nobody publishes or adopts more than they could give, and another chain sees and reaches nothing")
    func bounds() async throws {
        try await JourneyHouse.open { house in
            let owner = try await house.chain(), there = house.second.admin
            for (definition, code) in [
                (#"{"bases": ["platform.support"]}"#, "invalid_input"),
                (#"{"bases": ["org.owner"]}"#, "invalid_input"),
                (
                    #"{"bases": ["nurse"], "adds": [{"permission": "tenants.read", "reach": "platform"}]}"#,
                    "invalid_input"
                ),
                (
                    #"{"bases": ["nurse"], "adds": [{"permission": "tenants.void", "reach": "tenant"}]}"#,
                    "not_allowed"
                ),
                (
                    #"{"bases": ["nurse"], "adds": [{"permission": "prescriptions.void", "reach": "own"}]}"#,
                    "not_allowed"
                ),
                (
                    #"{"bases": ["nurse"], "adds": [{"permission": "massage.oil.burn", "reach": "own"}]}"#,
                    "invalid_input"
                ),
                (#"{"bases": ["nurse"], "until": "2020-01-01T00:00:00Z"}"#, "invalid_input"),
            ] {
                let wish = #"{"slug": "x", "title": "X", "definition": \#(definition)}"#
                let told = try await owner.send("POST", "/v1/role-templates", json: wish)
                #expect(try told.code() == code, "\(definition): \(told.text)")
            }
            let path = try #require(
                try await owner.send("POST", "/v1/role-templates", json: Self.template)["location"])
            let desk = try await house.second.desk.send("POST", "\(path)/adopt", json: #"{"slug": "x"}"#)
            #expect(try desk.code() == "not_allowed")
            for (method, target, body) in [
                ("POST", "\(path)/versions", #"{"based_on": 1, "definition": {"bases": ["nurse"]}}"#),
                ("DELETE", path, nil), ("POST", "/v1/role-templates", Self.template),
            ] {
                #expect(try await there.send(method, target, json: body).code() == "not_allowed", "\(target)")
            }

            try await house.move("ravi", to: "'00000000-0000-7000-8000-00000000000d'")
            #expect(try await there.json("/v1/role-templates")["items"] == [])
            #expect(try await there.send("GET", path).status == 404)
            #expect(try await there.send("POST", "\(path)/adopt", json: #"{"slug": "x"}"#).status == 404)
            try await house.move("asha", to: "NULL")
            let alone = try await owner.send("POST", "/v1/role-templates", json: Self.template)
            #expect(try alone.code() == "conflict")
            #expect(try await house.count("own_role") == 0)
        }
    }
}

extension JourneyHouse {
    /// Makes both clinics one chain's; its owner, who works at the first.
    fileprivate func chain() async throws -> WireCaller {
        try await place.script(
            """
            INSERT INTO organisation (id, slug, name) VALUES ('00000000-0000-7000-8000-00000000000c', 'c', 'C'),
                ('00000000-0000-7000-8000-00000000000d', 'd', 'D');
            UPDATE tenant SET organisation_id = '00000000-0000-7000-8000-00000000000c';
            UPDATE staff_role SET role = 'org.owner', location_id = NULL
            WHERE staff_member_id = '\(first.cast.receptionist.unique)'
            """)
        let owner = try await signedInNow(first.cast.receptionist)
        let probe = #"{"slug": "probe", "title": "Probe", "definition": {"bases": ["nurse"]}}"#
        for _ in 0..<200 {
            let told = try await owner.send("POST", "/v1/role-templates", json: probe)
            if told.status == 201, let path = told["location"] {
                #expect(try await owner.send("DELETE", path).status == 204)
                try await place.script("DELETE FROM audit_event")
                break
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        return owner
    }

    /// Gives a clinic to another chain, or to none.
    fileprivate func move(_ slug: String, to chain: String) async throws {
        try await place.script("UPDATE tenant SET organisation_id = \(chain) WHERE slug = '\(slug)'")
        try await settle()
    }
}
