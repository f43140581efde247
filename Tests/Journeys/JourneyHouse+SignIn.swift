import Database
import Identity
import JSON
import Messaging
import SignIn
import Tenancy
import TestKit
import Testing
import Vocabulary

/// Signing in as a person with a telephone does.
extension JourneyHouse {
    var door: WireCaller { WireCaller(port: first.desk.port, host: first.desk.host) }

    /// Somebody of the first clinic's staff who signs in now.
    func signedInNow(_ staff: ID<StaffMember>) async throws -> WireCaller {
        let keys = SigningKeys(in: place.database, under: secret)
        guard let mint = TokenMint(issuer: "nadi", keys: keys, isProduction: false) else { return door }
        let token = try await mint.token(
            for: staff, at: place.database.clinic(first.tenant.id), first.tenant.publicID, now: time.now)
        return WireCaller(port: door.port, host: door.host, token: token)
    }

    /// A challenge that nobody was ever sent.
    var neverAsked: String { ID<Challenge>.random(at: Self.now).text }

    func ask(_ channel: String, _ to: some StringProtocol) async throws -> WireReply {
        let body: JSON = ["channel": .string(channel), "to": .string(String(to))]
        return try await door.send("POST", "/v1/auth/otp", json: body.jsonText)
    }

    func challenge(_ channel: String, _ to: some StringProtocol) async throws -> String {
        let reply = try await ask(channel, to)
        #expect(reply.status == 202, "\(reply.text)")
        return try reply.parsed["challenge"]?.stringValue ?? ""
    }

    /// What the sender would put into the message; nil where it would send none.
    func content(of challenge: String) async throws -> MessageContent? {
        guard let id = ID<Challenge>(text: challenge) else { return nil }
        let reader = ChallengeReader(under: secret, clock: time.clock)
        let subject = MessageSubject(kind: "challenge", id: id.unique, version: 1)
        return try await place.database.clinic(first.tenant.id).write { clinic in
            try await reader.content(for: "sign-in.code", about: subject, in: clinic)
        }
    }

    func code(of challenge: String) async throws -> String {
        guard case .text(let code)? = try await content(of: challenge)?.facts["code"] else { return "" }
        return code
    }

    func verify(
        _ challenge: String, _ code: String, person: String? = nil, at clinic: Clinic? = nil,
        fields: [(String, String)] = [], cookies: Bool = false
    ) async throws -> WireReply {
        var body: JSONObject = ["challenge": .string(challenge), "code": .string(code)]
        if let person { body["person"] = .string(person) }
        if cookies { body["cookies"] = .bool(true) }
        let door = clinic.map { WireCaller(port: $0.desk.port, host: $0.desk.host) } ?? door
        return try await door.send(
            "POST", "/v1/auth/otp/verify", fields: fields, json: JSON.object(body).jsonText)
    }

    func refresh(_ token: String, at clinic: Clinic? = nil) async throws -> WireReply {
        let desk = (clinic ?? first).desk
        return try await WireCaller(port: desk.port, host: desk.host).send(
            "POST", "/v1/auth/refresh", json: #"{"refresh_token": "\#(token)"}"#)
    }

    /// Whoever has just signed in, with their token.
    func caller(_ entered: WireReply) throws -> WireCaller {
        WireCaller(
            port: first.desk.port, host: first.desk.host,
            token: try entered.parsed["access_token"]?.stringValue)
    }

    /// Signs in whoever has the number or the address; the whole answer.
    func signedIn(_ to: String, by channel: String = "sms") async throws -> WireReply {
        let challenge = try await challenge(channel, to)
        let entered = try await verify(challenge, try await code(of: challenge))
        #expect(entered.status == 200, "\(entered.text)")
        return entered
    }

    func phone(of staffMember: UniqueID) async throws -> String {
        try await rows("SELECT phone FROM staff_member WHERE id = '\(staffMember)'")[0] ?? ""
    }

    func mail(of staffMember: UniqueID) async throws -> String {
        try await rows("SELECT email FROM staff_member WHERE id = '\(staffMember)'")[0] ?? ""
    }

    /// The body without what names this challenge.
    func faceless(_ reply: WireReply) throws -> String {
        reply.text.replacing(try reply.parsed["challenge"]?.stringValue ?? "", with: "…")
    }
}
