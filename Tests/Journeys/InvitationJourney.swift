import Database
import EventLoop
import Invitations
import JSON
import Messaging
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Somebody is invited to work at a clinic", .timeLimit(.minutes(2)))
struct InvitationJourney {
    private static let nisha = #""name": "Nisha Rao", "to": "Nisha@Example.org""#
    private static let nurse = #"{\#(nisha), "roles": [{"role": "nurse"}]}"#

    @Test("a link is looked at as often as anybody likes, opens the clinic once, and proves the address")
    func life() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin, place = house.first.tenant.locations[0].id.text
            let wish = """
                {\(Self.nisha), "roles": [{"role": "nurse"}, {"role": "receptionist", "location": "\(place)",
                "until": "2027-06-01T00:00:00Z"}]}
                """
            let invited = try await admin.send("POST", "/v1/invitations", json: wish)
            #expect(invited.status == 201, "\(invited.text)")
            #expect(try invited.parsed["stage"]?.stringValue == "open")
            #expect(try invited.parsed["address"]?.stringValue == "nisha@example.org")
            let path = try #require(invited["location"]), token = try await house.invitationToken()
            let link = "/v1/invitation-links/\(token)"
            for _ in 1...3 {
                let page = try await house.door.send("GET", link)
                #expect(page.status == 200 && page["content-type"]?.hasPrefix("text/html") == true)
                #expect(page.text.contains("Doriți să lucrați cu noi?") && !page.text.contains("Nisha"))
            }
            #expect(try await house.count("staff_member WHERE name = 'Nisha Rao'") == 0, "a look is no deed")

            house.time.pass(.seconds(1))
            let joined = try await house.press(link)
            #expect(joined.status == 200, "\(joined.text)")
            #expect(joined.text.contains("Bun venit."))
            #expect(try await house.press(link).status == 404, "good once")
            #expect(try await house.door.send("GET", link).status == 404)
            let roles = try await house.rows(
                """
                SELECT r.role || coalesce(' ' || r.valid_until::date, '') FROM staff_role r
                JOIN staff_member s USING (tenant_id) WHERE s.id = r.staff_member_id AND s.name = 'Nisha Rao'
                    AND s.email_verified_at IS NOT NULL ORDER BY 1
                """)
            #expect(roles == ["nurse", "receptionist 2027-06-01"])
            let read = try await admin.json(path)
            #expect(read["stage"]?.stringValue == "accepted" && read["accepted_by"]?.stringValue != nil)
            #expect(try await admin.send("DELETE", path).status == 409)
            #expect(
                try await admin.send("POST", "\(path)/resend", json: "{}").status == 409, "over is over")
            #expect(
                try await house.rows("SELECT kind FROM outbox WHERE kind LIKE 'staff%'") == ["staff.joined"])
            let trail = try await house.rows(
                """
                SELECT caller_kind || ' ' || subject_kind FROM audit_event
                WHERE act = 'staff.create' AND outcome = 'done' ORDER BY at, id
                """)
            #expect(trail == ["staff invitation", "nobody staff_member"])

            let challenge = try await house.challenge("email", "nisha@example.org")
            let entered = try await house.verify(challenge, try await house.code(of: challenge))
            #expect(entered.status == 200, "\(entered.text)")
            #expect(try await house.caller(entered).json("/v1/me")["name"]?.stringValue == "Nisha Rao")
        }
    }

    @Test("a password may be chosen on the way in, and one that is refused uses nothing up")
    func password() async throws {
        try await JourneyHouse.open { house in
            #expect(
                try await house.first.admin.send("POST", "/v1/invitations", json: Self.nurse).status == 201)
            let token = try await house.invitationToken()
            let weak = try await house.accept(token, password: "nisha rao 123")
            #expect(weak.status == 422 && weak.text.contains("weak_password"))
            let joined = try await house.accept(token, password: "monsoon tabla kettle forty")
            #expect(joined.status == 200, "\(joined.text)")
            #expect(try joined.parsed["password_set"]?.boolValue == true)
            #expect(try await house.count("password") == 1)
            #expect(try await house.accept(token, password: nil).status == 422)
        }
    }

    @Test("sent again the link before is dead; taken back, over or another clinic's it opens nothing")
    func dead() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin
            let invited = try await admin.send("POST", "/v1/invitations", json: Self.nurse)
            let path = try #require(invited["location"]), first = try await house.invitationToken()
            #expect(
                try await admin.send("POST", "/v1/invitations", json: Self.nurse).status == 409,
                "one address is invited once at a time")
            house.time.pass(.seconds(1))
            #expect(try await admin.send("POST", "\(path)/resend", json: "{}").status == 200)
            let second = try await house.invitationToken()
            #expect(first != second)
            #expect(try await house.accept(first, password: nil).status == 422)
            let next = WireCaller(port: admin.port, host: house.second.desk.host)
            #expect(try await next.send("GET", "/v1/invitation-links/\(second)").status == 404)
            house.time.pass(.seconds(72 * 3600 - 1))
            #expect(try await house.door.send("GET", "/v1/invitation-links/\(second)").status == 200)
            house.time.pass(.seconds(2))
            #expect(try await house.door.send("GET", "/v1/invitation-links/\(second)").status == 404)
            #expect(try await house.accept(second, password: nil).status == 422)
            let wire = try await house.signedInNow(house.first.cast.admin)
            #expect(try await wire.send("POST", "/v1/invitations", json: Self.nurse).status == 201)
            let third = try await house.invitationToken()
            let open = try await house.rows("SELECT id::text FROM invitation WHERE revoked_at IS NULL")
            #expect(open.count == 1, "the one that was over made room")
            let latest = try await wire.json("/v1/invitations")["items"]?.arrayValue?.first?["id"]?
                .stringValue
            #expect(try await wire.send("DELETE", "/v1/invitations/\(latest ?? "")").status == 204)
            #expect(try await house.accept(third, password: nil).status == 422)
            for wrong in ["", "x", String(third.dropLast()), String(third.reversed())] {
                #expect(try await house.door.send("GET", "/v1/invitation-links/\(wrong)").status == 404)
            }
            #expect(try await house.count("staff_member WHERE name = 'Nisha Rao'") == 0)
        }
    }

    @Test("of ten who press the button at once one comes in")
    func race() async throws {
        try await JourneyHouse.open { house in
            #expect(
                try await house.first.admin.send("POST", "/v1/invitations", json: Self.nurse).status == 201)
            let link = "/v1/invitation-links/\(try await house.invitationToken())"
            let loop = try #require(EventLoop.current)
            let codes = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10 {
                    group.addTask { try await loop.perform { try await house.press(link).status } }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == 200 }.count == 1, "\(codes)")
            #expect(codes.allSatisfy { [200, 404, 409].contains($0) }, "\(codes)")
            #expect(try await house.count("staff_member WHERE name = 'Nisha Rao'") == 1)
            #expect(
                try await house.count(
                    "staff_role r JOIN staff_member s ON s.id = r.staff_member_id AND s.name = 'Nisha Rao'")
                    == 1)
        }
    }

    @Test("nobody invites to what they may not give, nor themselves, nor what is no role of a clinic's")
    func noEscalation() async throws {
        try await JourneyHouse.open { house in
            let (admin, place) = (house.first.admin, house.first.tenant.locations[0].id.text)
            let own = try await house.mail(of: house.first.cast.admin.unique)
            for (who, wish, code) in [
                (admin, #"{"name": "Me", "to": "\#(own)", "roles": [{"role": "doctor"}]}"#, "not_allowed"),
                (admin, #"{\#(Self.nisha), "roles": [{"role": "platform.support"}]}"#, "invalid_input"),
                (admin, #"{\#(Self.nisha), "roles": [{"role": "service.integration"}]}"#, "invalid_input"),
                (admin, #"{\#(Self.nisha), "roles": [{"role": "own.nobody"}]}"#, "invalid_input"),
                (admin, #"{\#(Self.nisha), "roles": []}"#, "invalid_input"),
                (admin, #"{"name": "X", "to": "nobody", "roles": [{"role": "nurse"}]}"#, "invalid_input"),
                (
                    admin, #"{"name": "X", "to": "+18765550123", "roles": [{"role": "nurse"}]}"#,
                    "invalid_input"
                ),
                (house.first.desk, Self.nurse, "not_allowed"),
                (house.first.practitioner, Self.nurse, "not_allowed"),
            ] {
                let told = try await who.send("POST", "/v1/invitations", json: wish)
                #expect(try told.parsed["code"]?.stringValue == code, "\(wish): \(told.text)")
            }
            try await house.place.script(
                """
                UPDATE staff_role SET role = 'location.manager', location_id = (SELECT id FROM location LIMIT 1)
                WHERE role = 'receptionist' AND tenant_id = \(house.first.tenant.id.number);
                UPDATE staff_role SET location_id = (SELECT id FROM location l WHERE l.tenant_id = staff_role.tenant_id)
                WHERE role = 'location.manager'
                """)
            let manager = try await house.signedInNow(house.first.cast.receptionist)
            for wish in [
                #"{\#(Self.nisha), "roles": [{"role": "tenant.admin"}]}"#,
                #"{\#(Self.nisha), "roles": [{"role": "location.manager"}]}"#,
                #"{\#(Self.nisha), "roles": [{"role": "doctor", "location": "\#(place)"}]}"#,
            ] {
                let told = try await manager.send("POST", "/v1/invitations", json: wish)
                #expect(told.status == 403, "\(wish): \(told.text)")
            }
            let allowed =
                #"{\#(Self.nisha), "roles": [{"role": "location.manager", "location": "\#(place)"}]}"#
            #expect(try await manager.send("POST", "/v1/invitations", json: allowed).status == 201)
            #expect(try await house.count("invitation") == 1)
        }
    }

    @Test("what whoever invited may no longer give is given to nobody")
    func brokenPromise() async throws {
        try await JourneyHouse.open { house in
            #expect(
                try await house.first.admin.send("POST", "/v1/invitations", json: Self.nurse).status == 201)
            let token = try await house.invitationToken()
            try await house.place.script(
                """
                ALTER TABLE staff_role DISABLE TRIGGER keep_an_administrator;
                UPDATE staff_role SET role = 'receptionist' WHERE role = 'tenant.admin'
                """)
            #expect(try await house.accept(token, password: nil).status == 409)
            #expect(try await house.count("staff_member WHERE name = 'Nisha Rao'") == 0)
        }
    }

    @Test("whoever works here is given the roles; whoever had left comes back with these alone")
    func known() async throws {
        try await JourneyHouse.open { house in
            let admin = house.first.admin, desk = house.first.cast.receptionist.unique
            let mail = try await house.mail(of: desk)
            let wish = #"{"name": "Whatever", "to": "\#(mail)", "roles": [{"role": "nurse"}]}"#
            #expect(try await admin.send("POST", "/v1/invitations", json: wish).status == 201)
            #expect(try await house.accept(try await house.invitationToken(), password: nil).status == 200)
            let roles = "SELECT role FROM staff_role WHERE staff_member_id = '\(desk)' ORDER BY role"
            #expect(try await house.rows(roles) == ["nurse", "receptionist"])
            #expect(try await house.count("staff_member WHERE name = 'Whatever'") == 0)
            house.time.pass(.seconds(1))
            try await house.place.script(
                """
                INSERT INTO password (tenant_id, staff_member_id, hash, set_at)
                VALUES (\(house.first.tenant.id.number), '\(desk)', '$argon2id$', now());
                UPDATE staff_member SET active = false WHERE id = '\(desk)'
                """)
            let again = #"{"name": "Whatever", "to": "\#(mail)", "roles": [{"role": "pharmacist"}]}"#
            #expect(try await admin.send("POST", "/v1/invitations", json: again).status == 201)
            #expect(try await house.accept(try await house.invitationToken(), password: nil).status == 200)
            #expect(try await house.rows(roles) == ["pharmacist"])
            #expect(try await house.count("password") == 0, "nobody knows who knows it by now")
            #expect(
                try await house.count("sign_in WHERE person_id = '\(desk)' AND ended_at IS NULL") == 0,
                "no sign-in of theirs comes back with them")
        }
    }
}

extension JourneyHouse {
    /// The token that the sender would put into the latest message.
    fileprivate func invitationToken() async throws -> String {
        let row = try await rows(
            """
            SELECT subject_id || ' ' || subject_version FROM message WHERE subject_kind = 'invitation'
            ORDER BY id DESC LIMIT 1
            """
        )
        let words = (row.first.flatMap { $0 } ?? "").split(separator: " ")
        guard words.count == 2, let id = UniqueID(uuidText: words[0]), let version = Int32(words[1]) else {
            return ""
        }
        let links = MessageLinks(under: secret) { "https://\($0.text).example" }
        let letter = InvitationLetter(under: secret, links: links, clock: time.clock)
        let subject = MessageSubject(kind: "invitation", id: id, version: version)
        let content = try await place.database.clinic(first.tenant.id).write { clinic in
            try await letter.content(for: "staff.invited", about: subject, in: clinic)
        }
        guard case .text(let link)? = content?.facts["link"] else { return "" }
        #expect(link.hasPrefix("https://asha.example/v1/invitation-links/"))
        return link.split(separator: "/").last.map(String.init) ?? ""
    }

    /// Presses the page's button.
    fileprivate func press(_ link: String) async throws -> WireReply {
        let form = "Invitation=Accept"
        let head = """
            POST \(link) HTTP/1.1\r\nHost: \(first.desk.host)\r\nConnection: close\r\n\
            Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n\r\n
            """
        return try await door.exchange(Array((head + form).utf8))
    }

    fileprivate func accept(_ token: String, password: String?) async throws -> WireReply {
        var body: JSONObject = ["token": .string(token)]
        if let password { body["password"] = .string(password) }
        return try await door.send("POST", "/v1/invitation-acceptances", json: JSON.object(body).jsonText)
    }
}
