import JSON
import Scheduling
import Tenancy
import Testing
import TestKit
import Vocabulary

@Suite("A clinic's administrator", .timeLimit(.minutes(2)))
struct OperationsJourney {
    private static let (mine, kept, others) = (
        "01931c6e-5f00-7cc5-b6e0-00000000a001", "01931c6e-5f00-7cc5-b6e0-00000000a002",
        "01931c6e-5f00-7cc5-b6e0-00000000b001"
    )

    private static func path(_ uuid: String, _ verb: String) throws -> String {
        let id = ID<WaitingJobOfTest>(try #require(UniqueID(uuidText: uuid)))
        return "/v1/ops/jobs/\(id.text)/\(verb)"
    }

    private enum WaitingJobOfTest: Identified { static let idPrefix: StaticString = "job" }

    @Test("sees what was given up, has it tried again or taken away, and nothing of another clinic's")
    func parked() async throws {
        try await JourneyHouse.open { house in
            let tenants = [house.first, house.second].map(\.tenant.id.number)
            try await house.place.script(
                """
                SELECT set_config('app.tenant_id', '\(tenants[0])', false);
                INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
                VALUES (\(tenants[0]), gen_random_uuid(), '\(house.first.cast.receptionist.unique)', 'tenant.admin');
                INSERT INTO job (tenant_id, id, lane, kind, payload, tries, tries_max, state, reason)
                SELECT t, id::uuid, 'email', 'send-message', '{}', 8, 8, 'parked', 'the other side is not there'
                FROM (VALUES (\(tenants[0]), '\(Self.mine)'), (\(tenants[0]), '\(Self.kept)'),
                    (\(tenants[1]), '\(Self.others)')) AS parked (t, id)
                """)
            let admin = house.first.desk
            let lanes = try #require(try await admin.json("/v1/ops/jobs")["items"]?.arrayValue)
            #expect(lanes.count == 21)
            let email = try #require(lanes.first { $0["lane"]?.stringValue == "email" })
            #expect(email["parked"]?.integerValue == 2)
            #expect(email["ready"]?.integerValue == 0)

            let list = "/v1/ops/jobs/parked?lane=email&limit=1"
            let page = try await admin.json(list)
            #expect(page["items"]?.arrayValue?.first?["reason"]?.stringValue == "the other side is not there")
            let cursor = try #require(page["next"]?.stringValue)
            let rest = try await admin.json("\(list)&cursor=\(cursor)")
            #expect(rest["items"]?.arrayValue?.count == 1)
            #expect(rest["next"] == .null)

            let retry = try Self.path(Self.mine, "retry"), drop = try Self.path(Self.kept, "drop")
            let foreign = try Self.path(Self.others, "drop")
            let retried = try await admin.send("POST", retry)
            #expect(retried.status == 200)
            #expect(try retried.parsed["state"]?.stringValue == "ready")
            #expect(try retried.parsed["failed_tries"]?.integerValue == 0)
            #expect(try await admin.send("POST", retry).status == 404)
            #expect(try await admin.send("POST", foreign).status == 404)
            #expect(try await admin.send("POST", drop).status == 200)
            let left = try await house.place.script("SELECT id::text, state FROM job ORDER BY id")
            #expect(left == [[Self.mine, "ready"], [Self.others, "parked"]])
            let told = try await house.place.script(
                "SELECT count(*)::text FROM audit_event WHERE subject_kind = 'job' AND outcome = 'done'")
            #expect(told[0][0] == "2")
        }
    }

    @Test("alone may: a receptionist is told nothing of jobs")
    func denied() async throws {
        try await JourneyHouse.open { house in
            let desk = house.second.desk
            for path in ["/v1/ops/jobs", "/v1/ops/jobs/parked"] {
                #expect(try await desk.send("GET", path).status == 403)
            }
            for verb in ["retry", "drop"] {
                let path = try Self.path(Self.mine, verb)
                #expect(try await desk.send("POST", path).status == 403)
            }
        }
    }
}
