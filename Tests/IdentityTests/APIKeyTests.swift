import Crypto
import Database
import EndpointKit
import Roles
import Tenancy
import TestKit
import Testing
import Vocabulary

@testable import Identity

@Suite("Keys: a program is known by its secret, as far and as long as the key says")
struct APIKeyTests {
    @Test("a secret has a form that scanners find, and its last letters tell it from what was mistyped")
    func form() throws {
        let secret = APIKeySecret.random().text
        #expect(try secret.wholeMatch(of: Regex("nadi_key_[a-z2-7]{58}")) != nil)
        #expect(APIKeySecret(Array(secret.utf8))?.text == secret)
        #expect(APIKeySecret.random().text != secret)
        for place in [9, 30, 60, 66] {
            var bytes = Array(secret.utf8)
            bytes[place] = bytes[place] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            #expect(APIKeySecret(bytes) == nil, "mistyped at \(place)")
        }
        for wrong in [secret + "a", String(secret.dropLast()), secret.uppercased(), "nadi_key_", ""] {
            #expect(APIKeySecret(Array(wrong.utf8)) == nil, "\(wrong)")
        }
    }

    @Test(
        "what is kept of a secret is another thing at the next clinic and under another installation's secret"
    )
    func digests() throws {
        let secret = APIKeySecret.random(), tenant = TenantID(number: 1)
        let ours = APIKeyHashing(under: try Secret(rawBytes: Array(repeating: 1, count: 32)))
        let theirs = APIKeyHashing(under: try Secret(rawBytes: Array(repeating: 2, count: 32)))
        let digest = ours.digest(of: secret, at: tenant)
        #expect(digest == ours.digest(of: secret, at: tenant))
        #expect(digest != ours.digest(of: secret, at: TenantID(number: 2)))
        #expect(digest != theirs.digest(of: secret, at: tenant))
        #expect(digest != ours.digest(of: .random(), at: tenant))
    }

    @Test("what people may do, and what somebody must answer for, is for no program")
    func forPrograms() {
        let never = Permission.all.filter { !$0.isForPrograms }.map(\.name)
        #expect(
            Set(never) == [
                "tenants.create", "tenants.read", "tenants.update", "tenants.void", "tenants.approve",
                "staff.create", "staff.update", "staff.void", "staff.approve", "configuration.create",
                "configuration.update", "configuration.void", "configuration.approve", "schedule.approve",
                "appointments.approve", "queue.approve", "demographics.approve", "clinical_notes.approve",
                "specialty_notes.approve", "prescriptions.approve", "stock.approve", "laboratory.approve",
                "billing.approve", "refunds.approve", "reports.approve", "audit.create", "audit.update",
                "audit.void", "audit.approve",
            ])
    }

    @Test("a program is a caller with its permissions at its locations, and nothing at the next clinic")
    func caller() async throws {
        try await ClinicWithStaff.run { clinic in
            let secret = try await clinic.key(
                ["appointments.read", "demographics.read"], at: [clinic.location])
            let known = try await clinic.sessions.caller(for: clinic.request("Bearer \(secret.text)"))
            #expect(known.caller.kind == .integration && known.caller.staffMember == nil)
            #expect(known.caller.person == nil)
            #expect(known.caller.roles.map(\.role) == [.house(.integration)])
            #expect(known.caller.roles.map(\.location) == [clinic.location])
            #expect(
                known.caller.roles[0].table.all(with: []).map(\.permission.name) == [
                    "appointments.read", "demographics.read",
                ])
            #expect(known.provenUntil == clinic.now + .seconds(86_400))
            for _ in 1...2 {
                #expect(
                    try await clinic.code("Bearer \(secret.text)", to: clinic.neighbour) == .signInRequired)
            }
            #expect(try await clinic.code("Bearer \(secret.text)") == nil)
            #expect(try await clinic.code("Bearer \(APIKeySecret.random().text)") == .signInRequired)
            #expect(try await clinic.code("Bearer \(secret.text.dropLast())") == .signInRequired)
            #expect(try await clinic.code("Basic \(secret.text)") == .signInRequired)
        }
    }

    @Test(
        "a key ends to the second, revoked after five at the latest, and its old secret with its grace"
    )
    func ends() async throws {
        try await ClinicWithStaff.run { clinic in
            let secret = try await clinic.key(["appointments.read"])
            let field = "Bearer \(secret.text)", last = clinic.now + .seconds(86_400)
            #expect(try await clinic.code(field, at: last - .microseconds(1)) == nil)
            #expect(try await clinic.code(field, at: last) == .signInRequired)

            let new = APIKeySecret.random(), digest = clinic.hashing.digest(of: new, at: clinic.tenant.id)
            let rotated: [APIKey] = try await clinic.rows.once(
                APIKey.rotate(
                    clinic.keyID, to: digest, until: last, graceEnd: clinic.now + .seconds(3600),
                    by: clinic.maker, at: clinic.now, in: clinic.tenant.id)
            )
            #expect(rotated.first?.beforeUntil == clinic.now + .seconds(3600))
            let late = clinic.now + .seconds(3600)
            #expect(try await clinic.code(field, at: late - .seconds(1)) == nil)
            #expect(try await clinic.code(field, at: late) == .signInRequired)
            #expect(try await clinic.code("Bearer \(new.text)", at: late) == nil)

            try await clinic.script(
                "UPDATE api_key SET revoked_at = now(), revoked_by = '\(clinic.asha.unique)'")
            #expect(try await clinic.code("Bearer \(new.text)", at: late + .milliseconds(2999)) == nil)
            #expect(
                try await clinic.code("Bearer \(new.text)", at: late + .milliseconds(4500)) == .signInRequired
            )
        }
    }

    @Test("that a key is used is written down once a minute, however often it is")
    func noted() async throws {
        try await ClinicWithStaff.run { clinic in
            let secret = try await clinic.key(["appointments.read"])
            var notes: Set<String> = []
            for seconds in stride(from: 0, to: 180, by: 4) {
                let moment = clinic.now + .seconds(seconds)
                #expect(try await clinic.code("Bearer \(secret.text)", at: moment) == nil)
                let rows = try await clinic.place.script("SELECT used_at::text, used_from FROM api_key")
                notes.insert(try #require(rows[0][0]))
                #expect(rows[0][1] == "127.0.0.1")
            }
            #expect(notes.count == 3, "at 0, 60 and 120 seconds")
        }
    }

    @Test("a key does what whoever answers for it may do now, no more, and nothing once they have left")
    func keeper() async throws {
        try await ClinicWithStaff.run { clinic in
            let secret = try await clinic.key(["appointments.read", "demographics.read", "audit.read"])
            let field = "Bearer \(secret.text)",
                whole = ["appointments.read", "demographics.read", "audit.read"]
            // A clinic keeps an administrator, whoever else leaves.
            try await clinic.script("UPDATE staff_role SET role = 'tenant.admin', location_id = NULL")
            #expect(try await clinic.may(field) == whole)
            try await clinic.makerIs("role = 'location.manager'")
            #expect(try await clinic.may(field, later: 5) == whole)
            try await clinic.makerIs("role = 'receptionist'")
            #expect(try await clinic.may(field, later: 10) == ["appointments.read", "demographics.read"])
            try await clinic.makerIs("location_id = '\(clinic.location.unique)'")
            #expect(try await clinic.may(field, later: 15) == nil, "the key is for the whole clinic")
            try await clinic.makerIs("role = 'tenant.admin', location_id = NULL")
            #expect(try await clinic.may(field, later: 20) == whole)
            try await clinic.script(
                "UPDATE staff_member SET active = false WHERE id = '\(clinic.maker.unique)'")
            #expect(try await clinic.may(field, later: 25) == nil)
            let adopted: [APIKey] = try await clinic.rows.once(
                APIKey.adopt(clinic.keyID, by: clinic.asha, at: clinic.now, in: clinic.tenant.id))
            #expect(adopted.first?.keeper == clinic.asha && adopted.first?.madeBy == clinic.maker)
            #expect(try await clinic.may(field, later: 30) == whole)
        }
    }

    @Test("what ends for whoever answers for a key ends for the key at that moment, without anybody's word")
    func keepersEnd() async throws {
        try await ClinicWithStaff.run { clinic in
            let secret = try await clinic.key(["appointments.read"]), field = "Bearer \(secret.text)"
            try await clinic.script("UPDATE staff_role SET role = 'tenant.admin', location_id = NULL")
            try await clinic.makerIs(
                "valid_until = to_timestamp(\(clinic.now.seconds)) + interval '1 hour'")
            let known = try await clinic.sessions.caller(for: clinic.request(field))
            #expect(known.caller.roles.map(\.until) == [clinic.now + .seconds(3600)])
            #expect(known.caller.keeper == clinic.maker)
            #expect(
                known.caller.dependsOn(clinic.maker.unique) && known.caller.dependsOn(clinic.keyID.unique))
        }
    }

    @Test("whoever listens on is the same program as the rows have it, until its key is another")
    func listeningOn() async throws {
        try await ClinicWithStaff.run { clinic in
            let secret = try await clinic.key(["appointments.read"])
            let known = try await clinic.sessions.caller(for: clinic.request("Bearer \(secret.text)"))
            #expect(try await known.readAgain()?.caller == known.caller)
            for change in ["rotated_at = now() + interval '1 s'", "revoked_at = now(), revoked_by = made_by"]
            {
                try await clinic.script("UPDATE api_key SET rotated_at = NULL")
                #expect(try await known.readAgain() != nil)
                try await clinic.script("UPDATE api_key SET \(change)")
                #expect(try await known.readAgain() == nil, "\(change)")
            }
        }
    }
}

extension ClinicWithStaff {
    var hashing: APIKeyHashing { APIKeyHashing(under: secret) }
    var rows: TenantDatabase { place.database.clinic(tenant.id) }
    var keyID: ID<APIKey> { ID(UniqueID(high: 7, low: 7)) }

    /// Whoever runs the clinic, and makes keys.
    var maker: ID<StaffMember> { ID(UniqueID(high: 7, low: 8)) }

    /// A key of a day, made by somebody who runs the clinic.
    func key(_ permissions: [String], at locations: [ID<Location>] = []) async throws -> APIKeySecret {
        try await script(
            """
            INSERT INTO staff_member (tenant_id, id, name, email)
            VALUES (\(tenant.id.number), '\(maker.unique)', 'Boss', 'boss@example.org');
            INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
            VALUES (\(tenant.id.number), '\(UniqueID(high: 7, low: 9))', '\(maker.unique)', 'tenant.admin')
            """)
        let secret = APIKeySecret.random()
        let key = APIKey(
            keyID, name: "Website", permissions: permissions.compactMap(Permission.init(name:)),
            locations: locations, networks: [], by: maker, at: now, until: now + .seconds(86_400))
        try await rows.once(key.insert(hashing.digest(of: secret, at: tenant.id), most: 1, in: tenant.id))
        return secret
    }

    /// Whoever made the key is something else from now on.
    func makerIs(_ change: String) async throws {
        try await script("UPDATE staff_role SET \(change) WHERE staff_member_id = '\(maker.unique)'")
    }

    /// What whoever sends the field may do, so many seconds later; nil where nobody lets them in.
    func may(_ field: String, later seconds: Int = 0) async throws -> [String]? {
        do {
            let known = try await sessions.caller(for: request(field, at: now + .seconds(seconds)))
            return known.caller.roles.flatMap { $0.table.all(with: []).map(\.permission.name) }
        } catch let problem as Problem {
            #expect(problem.code == .signInRequired)
            return nil
        }
    }

    /// What whoever sends the field is told; nil where they are let in.
    func code(
        _ field: String, to tenant: Tenant? = nil, at moment: Instant? = nil
    ) async throws -> ProblemCode? {
        do {
            _ = try await sessions.caller(for: request(field, to: tenant, at: moment))
            return nil
        } catch let problem as Problem {
            return problem.code
        }
    }
}
