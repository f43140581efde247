import EventLoop
import JSON
import Scheduling
import Testing
import TestKit
import Vocabulary

@Suite("Somebody stays signed in, and leaves", .timeLimit(.minutes(2)))
struct RefreshJourney {
    private func tokens(_ reply: WireReply) throws -> (access: String, refresh: String) {
        (
            try reply.parsed["access_token"]?.stringValue ?? "",
            try reply.parsed["refresh_token"]?.stringValue ?? ""
        )
    }

    private func entered(_ house: JourneyHouse) async throws -> WireReply {
        try await house.signedIn(try await house.phone(of: house.first.cast.receptionist.unique))
    }

    private func status(_ token: String, _ house: JourneyHouse) async throws -> Int {
        try await WireCaller(port: house.first.desk.port, host: house.first.desk.host, token: token)
            .send("GET", "/v1/me").status
    }

    /// Until the notice has gone round; five seconds are promised.
    private func refused(_ token: String, _ house: JourneyHouse) async throws -> Bool {
        guard let loop = EventLoop.current else { return false }
        for _ in 0..<100 {
            if try await status(token, house) == 401 { return true }
            try await loop.sleep(for: .milliseconds(50))
        }
        return false
    }

    @Test("a refresh token is good for once; asked fifty times at once it has one successor")
    func rotation() async throws {
        try await JourneyHouse.open { house in
            let first = try tokens(try await entered(house)).refresh
            let loop = try #require(EventLoop.current)
            let successors = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 {
                    group.addTask(executorPreference: loop) {
                        let reply = try await house.refresh(first)
                        return reply.status == 200
                            ? try reply.parsed["refresh_token"]?.stringValue ?? "" : reply.text
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(successors.count == 1 && !successors.contains(first))
            let next = try await house.refresh(successors.first ?? "")
            #expect(next.status == 200)
            #expect(try await status(try tokens(next).access, house) == 200)
            #expect(
                try await house.rows("SELECT generation::text FROM sign_in WHERE method = 'code'") == ["2"])
        }
    }

    @Test("a token from before the one before ends the sign-in, and every token of it")
    func grandparent() async throws {
        try await JourneyHouse.open { house in
            let first = try tokens(try await entered(house))
            let second = try tokens(try await house.refresh(first.refresh))
            let third = try tokens(try await house.refresh(second.refresh))
            #expect(try await house.refresh(second.refresh).status == 200, "the parent has its grace")
            #expect(try await house.refresh(first.refresh).status == 401)
            #expect(
                try await house.refresh(third.refresh).status == 401, "the thief and the owner both leave")
            #expect(try await refused(third.access, house))
            let reasons = try await house.rows("SELECT end_reason FROM sign_in WHERE ended_at IS NOT NULL")
            #expect(reasons == ["reused"])
        }
    }

    @Test("the one before the latest has thirty seconds; a sign-in that nobody refreshes ends after a month")
    func grace() async throws {
        try await JourneyHouse.open { house in
            let first = try tokens(try await entered(house)).refresh
            let second = try tokens(try await house.refresh(first)).refresh
            house.time.pass(.seconds(30))
            #expect(try tokens(try await house.refresh(first)).refresh == second)
            house.time.pass(.seconds(1))
            #expect(try await house.refresh(first).status == 401)
            #expect(try await house.refresh(second).status == 401, "it was a copy")

            house.time.pass(.seconds(60))
            let other = try tokens(try await entered(house)).refresh
            house.time.pass(.seconds(30 * 86_400))
            #expect(try await house.refresh(other).status == 401)
        }
    }

    @Test("a refresh token counts at its own clinic, and for those who still work there")
    func bound() async throws {
        try await JourneyHouse.open { house in
            let token = try tokens(try await entered(house)).refresh
            #expect(try await house.refresh(token, at: house.second).status == 401)
            #expect(try await house.refresh("nrt_" + String(repeating: "A", count: 70)).status == 401)
            #expect(try await house.refresh(token).status == 200)
            _ = try await house.rows(
                "UPDATE staff_member SET active = false WHERE id = '\(house.first.cast.receptionist.unique)'")
            #expect(try await house.refresh(token).status == 401)
        }
    }

    @Test("whoever leaves on one device stays signed in on the other; leaving everywhere is everywhere")
    func devices() async throws {
        try await JourneyHouse.open { house in
            let desk = try tokens(try await entered(house))
            house.time.pass(.seconds(31))
            let phone = try tokens(try await entered(house))
            let caller = WireCaller(
                port: house.first.desk.port, host: house.first.desk.host, token: desk.access)
            let list = try await caller.json("/v1/auth/sessions")["items"]?.arrayValue ?? []
            #expect(list.filter { $0["method"]?.stringValue == "code" }.count == 2)
            #expect(list.filter { $0["current"] == .bool(true) }.count == 1)
            #expect(try await caller.send("POST", "/v1/auth/logout", json: "{}").status == 204)
            #expect(try await refused(desk.access, house))
            #expect(try await house.refresh(desk.refresh).status == 401)
            #expect(try await status(phone.access, house) == 200)
            let other = WireCaller(port: caller.port, host: caller.host, token: phone.access)
            let all = try await other.send("POST", "/v1/auth/sessions/revoke-all", json: "{}")
            #expect(all.status == 200)
            #expect(try await refused(phone.access, house))
            #expect(try await house.refresh(phone.refresh).status == 401)
        }
    }

    @Test("one's own devices can be ended one by one, nobody else's; those who run the clinic end anybody's")
    func revoking() async throws {
        try await JourneyHouse.open { house in
            let mine = try await entered(house), session = try mine.parsed["session"]?.stringValue ?? ""
            let path = "/v1/auth/sessions/\(session)"
            #expect(try await house.first.admin.send("DELETE", path).status == 404)
            #expect(try await house.second.desk.send("DELETE", path).status == 404)
            #expect(try await status(try tokens(mine).access, house) == 200)
            #expect(try await house.first.desk.send("DELETE", path).status == 204, "the same person's")
            #expect(try await refused(try tokens(mine).access, house))

            house.time.pass(.seconds(31))
            let again = try tokens(try await entered(house))
            let everywhere = "/v1/staff/\(house.first.cast.receptionist.text)/sessions/revoke-all"
            #expect(try await house.first.desk.send("POST", everywhere, json: "{}").status == 403)
            #expect(try await house.second.admin.send("POST", everywhere, json: "{}").status == 404)
            let dismissed = try await house.first.admin.send("POST", everywhere, json: "{}")
            #expect(dismissed.status == 200)
            #expect(try dismissed.parsed["ended"]?.integerValue == 2, "the command line's, too")
            #expect(try await refused(again.access, house))
        }
    }

    @Test("pages keep tokens where no script reads them, and only their own requests count")
    func cookies() async throws {
        try await JourneyHouse.open { house in
            let phone = try await house.phone(of: house.first.cast.receptionist.unique)
            let challenge = try await house.challenge("sms", phone)
            let code = try await house.code(of: challenge)
            #expect(try await house.verify(challenge, code, cookies: true).status == 403)
            let own = [("Sec-Fetch-Site", "same-origin")]
            let entered = try await house.verify(challenge, code, fields: own, cookies: true)
            #expect(entered.status == 200)
            #expect(try entered.parsed["access_token"] == .null && entered.parsed["refresh_token"] == .null)
            let set = entered.fields.filter { $0.name == "set-cookie" }.map(\.value)
            #expect(set.count == 2)
            for cookie in set {
                for word in ["__Host-nadi-", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"] {
                    #expect(cookie.contains(word))
                }
                #expect(!cookie.contains("Domain"))
            }
            let jar = [
                (
                    "Cookie",
                    set.compactMap { $0.split(separator: ";").first.map(String.init) }.joined(separator: "; ")
                )
            ]
            let page = WireCaller(port: house.first.desk.port, host: house.first.desk.host)
            #expect(try await page.send("GET", "/v1/me", fields: jar).status == 200)
            for foreign in [
                [], [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")],
                [("Origin", "https://evil.example")], [("Origin", "null")],
            ] {
                let sent = try await page.send("POST", "/v1/auth/logout", fields: jar + foreign, json: "{}")
                #expect(sent.status == 403, "\(foreign)")
                let refreshed = try await page.send(
                    "POST", "/v1/auth/refresh", fields: jar + foreign, json: "{}")
                #expect(refreshed.status == 403, "\(foreign)")
            }
            let refreshed = try await page.send(
                "POST", "/v1/auth/refresh", fields: jar + [("Origin", "https://\(page.host)")], json: "{}")
            #expect(refreshed.status == 200 && refreshed.fields.filter { $0.name == "set-cookie" }.count == 2)
            let left = try await page.send("POST", "/v1/auth/logout", fields: jar + own, json: "{}")
            #expect(left.status == 204)
            #expect(
                left.fields.filter { $0.name == "set-cookie" && $0.value.contains("Max-Age=0") }.count == 2)
        }
    }
}
