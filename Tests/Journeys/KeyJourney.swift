import JSON
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("A clinic lets a program call", .timeLimit(.minutes(2)))
struct KeyJourney {
    private static let reading = #""permissions": ["appointments.read", "demographics.read", "staff.read"]"#

    @Test("a key is made, used, rotated and ended; its secret is shown once, and the trail names it")
    func life() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let made = try await admin.send(
                "POST", "/v1/api-keys", json: #"{"name": "Website", \#(Self.reading)}"#)
            #expect(made.status == 201, "\(made.text)")
            let path = try #require(made["location"]), secret = try made.secret()
            let key = try #require(try made.parsed["key"]?["id"]?.stringValue)
            let program = house.program(secret)
            let me = try await program.json("/v1/me")
            #expect(me["kind"]?.stringValue == "integration" && me["name"]?.stringValue == "Website")
            #expect(me["id"]?.stringValue == key)
            #expect(try await program.send("GET", "/v1/patients?name=a").status == 200)
            #expect(try await program.send("GET", "/v1/practitioners").code() == "not_allowed")
            #expect(try await admin.json(path)["used_from"]?.stringValue == "127.0.0.1")
            for place in [path, "/v1/api-keys"] {
                #expect(!(try await admin.send("GET", place)).text.contains(secret))
            }
            #expect(
                try await house.rows(
                    """
                    SELECT caller_kind || ' ' || caller_role FROM audit_event
                    WHERE act = 'demographics.read'
                    """
                )
                    == ["integration service.integration"])

            house.time.pass(.seconds(1))
            let rotated = try await admin.send("POST", "\(path)/rotate", json: #"{"grace_hours": 1}"#)
            #expect(rotated.status == 200, "\(rotated.text)")
            let other = house.program(try rotated.secret())
            #expect(try await other.send("GET", "/v1/me").status == 200)
            #expect(try await program.send("GET", "/v1/me").status == 200, "the old one lives on for an hour")
            house.time.pass(.seconds(3601))
            #expect(try await program.send("GET", "/v1/me").status == 401)
            #expect(try await other.send("GET", "/v1/me").status == 200)

            #expect(try await admin.send("DELETE", path).status == 204)
            #expect(try await admin.send("DELETE", path).status == 409)
            house.time.pass(.seconds(5))
            #expect(try await other.send("GET", "/v1/me").status == 401)
            let lines = try await house.rows(
                """
                SELECT act FROM audit_event WHERE subject_kind = 'api_key' AND outcome = 'done'
                ORDER BY at, id
                """
            )
            #expect(lines == ["staff.create", "staff.update", "staff.void"])
            #expect(try await house.count("audit_event WHERE detail::text LIKE '%nadi_key_%'") == 0)
        }
    }

    @Test(
        "a program signs nobody in and changes no roles, keys, credentials or configuration"
    )
    func never() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let made = try await admin.send(
                "POST", "/v1/api-keys", json: #"{"name": "Website", \#(Self.reading)}"#)
            let program = house.program(try made.secret()), path = try #require(made["location"])
            let staff = house.first.cast.receptionist.text
            for (method, target, body) in [
                ("POST", "/v1/api-keys", #"{"name": "More", "permissions": ["appointments.read"]}"#),
                ("POST", "\(path)/rotate", "{}"),
                ("POST", "/v1/staff/\(staff)/roles", #"{"role": "tenant.admin"}"#),
                ("POST", "/v1/roles", #"{"slug": "x", "title": "X", "definition": {"bases": ["nurse"]}}"#),
                ("POST", "/v1/webhooks", #"{"url": "https://hooks.example.org/a"}"#),
                (
                    "POST", "/v1/access/requests",
                    #"{"role": "nurse", "until": "2027-02-01T00:00:00Z", "reason": "Because."}"#
                ),
            ] {
                let told = try await program.send(method, target, json: body)
                #expect(told.status == 403, "\(target): \(told.text)")
                #expect(try told.code() == "not_allowed", "\(target)")
            }
            #expect(try await program.send("DELETE", path).code() == "not_allowed")
            #expect(try await program.json("/v1/auth/sessions")["items"]?.arrayValue?.isEmpty == true)
            #expect(try await house.count("api_key") == 1)
        }
    }

    @Test("nobody gives a key what they do not hold, at more places, for longer, or what is for no program")
    func noEscalation() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let elsewhere = house.second.tenant.locations[0].id.text
            for (wish, code) in [
                (#""permissions": ["appointments.create"]"#, "not_allowed"),
                (#""permissions": ["appointments.read", "clinical_notes.read"]"#, "not_allowed"),
                (#""permissions": ["staff.update"]"#, "invalid_input"),
                (#""permissions": ["configuration.create"]"#, "invalid_input"),
                (#""permissions": ["refunds.approve"]"#, "invalid_input"),
                (#""permissions": ["appointments.read"], "locations": ["\#(elsewhere)"]"#, "invalid_input"),
                (#""permissions": ["appointments.read"], "networks": ["10.0.0.0/33"]"#, "invalid_input"),
                (#""permissions": ["appointments.read"], "days": 367"#, "invalid_input"),
                (#""permissions": []"#, "invalid_input"), (#""permissions": ["all"]"#, "invalid_input"),
            ] {
                let told = try await admin.send("POST", "/v1/api-keys", json: #"{"name": "X", \#(wish)}"#)
                #expect(try told.code() == code, "\(wish): \(told.text)")
            }
            #expect(try await house.count("api_key") == 0)
            let wish = #"{"name": "X", "permissions": ["appointments.read"]}"#
            for stranger in [house.first.desk, house.first.practitioner, house.second.admin] {
                let host = WireCaller(port: admin.port, host: admin.host, token: stranger.token)
                #expect(try await host.send("POST", "/v1/api-keys", json: wish).status == 403)
            }
            house.time.pass(.seconds(301))
            #expect(
                try await admin.send("POST", "/v1/api-keys", json: wish).code() == "step_up_required")
        }
    }

    @Test("who holds less than the key cannot rotate it, and so never learns a secret of it")
    func rotationIsNoWayUp() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let made = try await admin.send(
                "POST", "/v1/api-keys", json: #"{"name": "Website", \#(Self.reading)}"#)
            let path = try #require(made["location"])
            try await house.place.script(
                "UPDATE api_key SET permissions = '{appointments.read,clinical_notes.read}'")
            let told = try await admin.send("POST", "\(path)/rotate", json: "{}")
            #expect(told.status == 403)
            #expect(
                try await admin.send("DELETE", path).status == 204, "but anybody who runs the clinic ends it")
        }
    }

    @Test("a key stops with whoever made it, and goes on with whoever adopts it")
    func adopted() async throws {
        try await JourneyHouse.open { house in
            let (admin, other) = (house.first.admin, house.first.practitioner)
            let made = try await admin.send(
                "POST", "/v1/api-keys", json: #"{"name": "Website", \#(Self.reading)}"#)
            let path = try #require(made["location"]), program = house.program(try made.secret())
            let maker = try made.parsed["key"]?["made_by"]?.stringValue
            #expect(try made.parsed["key"]?["kept_by"]?.stringValue == maker)
            #expect(try await program.send("GET", "/v1/me").status == 200)
            #expect(try await admin.send("POST", "\(path)/adopt", json: "{}").status == 409)
            #expect(try await other.send("POST", "\(path)/adopt", json: "{}").status == 403)
            try await house.makePractitionerAdmin()
            _ = try await house.rows(
                "UPDATE staff_member SET active = false WHERE id = '\(house.first.cast.admin.unique)'")
            try await house.settle()
            #expect(try await program.send("GET", "/v1/me").status == 401)
            #expect(try await other.json(path)["kept"] == false)
            let adopted = try await other.send("POST", "\(path)/adopt", json: "{}")
            #expect(adopted.status == 200, "\(adopted.text)")
            #expect(try adopted.parsed["kept"] == true && adopted.parsed["made_by"]?.stringValue == maker)
            try await house.settle()
            #expect(try await program.send("GET", "/v1/me").status == 200)
            #expect(try await other.send("DELETE", path).status == 204)
            #expect(try await other.send("POST", "\(path)/adopt", json: "{}").status == 409)
        }
    }

    @Test("who is signed out everywhere keeps the keys that the clinic depends on, unless they are named")
    func dismissed() async throws {
        try await JourneyHouse.open { house in
            let (admin, other) = (house.first.admin, house.first.practitioner)
            try await house.makePractitionerAdmin()
            let wish = #"{"name": "Website", \#(Self.reading)}"#
            let made = try await admin.send("POST", "/v1/api-keys", json: wish)
            #expect(try await admin.send("POST", "/v1/api-keys", json: wish).status == 201)
            let program = house.program(try made.secret())
            let kept = try await other.send("POST", "/v1/api-keys", json: wish)
            let others = house.program(try kept.secret())

            let path = "/v1/staff/\(house.first.cast.admin.text)/sessions/revoke-all"
            let out = try await other.send("POST", path, json: "{}")
            #expect(try out.parsed["ended"] == 1, "\(out.text)")
            #expect(try out.parsed["api_keys_ended"] == 0 && out.parsed["api_keys_kept"] == 2)
            try await house.settle()
            #expect(try await admin.send("GET", "/v1/me").status == 401)
            #expect(try await program.send("GET", "/v1/me").status == 200)

            let all = try await other.send("POST", path, json: #"{"api_keys": true}"#)
            #expect(try all.parsed["ended"] == 0 && all.parsed["api_keys_ended"] == 2, "\(all.text)")
            #expect(try all.parsed["api_keys_kept"] == 0)
            try await house.settle()
            #expect(try await program.send("GET", "/v1/me").status == 401)
            #expect(try await others.send("GET", "/v1/me").status == 200, "somebody else's is not theirs")
            let lines = try await house.rows(
                """
                SELECT jsonb_array_length(detail -> 'api_keys_ended') || ' ' || jsonb_array_length(detail -> 'changes')
                FROM audit_event WHERE act = 'staff.void' AND subject_kind = 'staff_member' ORDER BY 1 NULLS FIRST
                """)
            #expect(lines == [nil, "2 2"])
            let own = try await other.send("POST", "/v1/auth/sessions/revoke-all", json: "{}")
            #expect(try own.parsed["api_keys_kept"] == 1, "\(own.text)")
        }
    }

    @Test("a key works from its networks alone, at its locations alone, and as often as its minute allows")
    func bounds() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let made = try await admin.send(
                "POST", "/v1/api-keys",
                json: #"{"name": "X", "permissions": ["appointments.read"], "networks": ["203.0.113.0/24"]}"#)
            let away = house.program(try made.secret())
            #expect(try await away.send("GET", "/v1/me").code() == "network_not_allowed")
            #expect(try await admin.json(try #require(made["location"]))["used_at"] == .null)
            let here = try await admin.send(
                "POST", "/v1/api-keys",
                json:
                    #"{"name": "Y", "permissions": ["audit.read"], "networks": ["127.0.0.0/8", "::1"]}"#
            )
            let program = house.program(try here.secret())
            #expect(try await program.send("GET", "/v1/me").status == 200)
            let denied = try await house.count(
                "audit_event WHERE act = 'network' AND caller_kind = 'integration'")
            #expect(denied == 1)
            let others = try await left(to: admin), before = try await left(to: program)
            for spent in 1...5 { #expect(try await left(to: program) == before - spent) }
            #expect(try await left(to: admin) == others - 1, "what a program spends is its own")
        }
    }

    /// How many calls are left to a caller in this minute.
    private func left(to caller: WireCaller) async throws -> Int {
        let words = try await caller.send("GET", "/v1/me")["ratelimit"] ?? ""
        let parts = words.split(separator: ";")
        #expect(parts.first == "\"session\"", "\(words)")
        return parts.dropFirst().first.flatMap { Int($0.dropFirst(2)) } ?? -1
    }
}

extension JourneyHouse {
    /// The first clinic's practitioner runs it as well.
    fileprivate func makePractitionerAdmin() async throws {
        _ = try await rows(
            """
            INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
            SELECT tenant_id, gen_random_uuid(), staff_member_id, 'tenant.admin' FROM practitioner
            WHERE id = '\(first.cast.practitioner.unique)'
            """)
        try await settle()
    }

    /// A program that calls the first clinic.
    fileprivate func program(_ secret: String) -> WireCaller {
        WireCaller(port: first.desk.port, host: first.desk.host, token: secret)
    }
}

extension WireReply {
    fileprivate func secret() throws -> String { try parsed["secret"]?.stringValue ?? "" }
}
