import Testing
import TestKit

@testable import Reception

@Suite("The walk of a request", .serialized) struct WalkTests {
    @Test("the first check that fails gives the answer, whatever else is wrong")
    func order() async throws {
        try await ReceptionHouse.open { house in
            let nobody = house.caller(at: "nobody.localhost")
            let forged = house.caller(at: "asha.localhost", token: "forged")
            let bad = "{\"text\":\"\",\"more\":1}"
            let large = "{\"text\":\"" + String(repeating: "x", count: 70_000) + "\"}"
            let table: [(WireCaller, String, String, String?, Int, String)] = [
                (nobody, "GET", "/v1/nothing", nil, 404, "not_found"),
                (nobody, "DELETE", "/v1/samples", nil, 405, "method_not_allowed"),
                (nobody, "TRACE", "/v1/samples", nil, 405, "method_not_allowed"),
                (nobody, "QUERY", "/v1/samples", nil, 405, "method_not_allowed"),
                (nobody, "POST", "/v1/samples", large, 413, "body_too_large"),
                (nobody, "POST", "/v1/samples", bad, 404, "unknown_clinic"),
                (house.stranger, "POST", "/v1/samples", bad, 401, "sign_in_required"),
                (forged, "POST", "/v1/samples", bad, 401, "sign_in_required"),
                (
                    house.caller(at: "ravi.localhost", token: house.asha.token), "POST", "/v1/samples", bad,
                    403, "wrong_clinic"
                ),
                (house.asha, "POST", "/v1/samples/x/approve", bad, 403, "not_allowed"),
                (house.asha, "POST", "/v1/samples", bad, 422, "invalid_input"),
                (house.asha, "POST", "/v1/samples", "{", 400, "malformed_json"),
                (house.asha, "GET", "/v1/samples/%ff", nil, 400, "malformed_request"),
                (house.asha, "GET", "/v1/samples?kind=%ff", nil, 400, "malformed_request"),
            ]
            for (caller, method, target, json, status, code) in table {
                let reply = try await caller.send(method, target, json: json)
                #expect(reply.status == status, "\(method) \(target)")
                #expect(reply.text.contains("\"code\":\"\(code)\""), "\(method) \(target): \(reply.text)")
                #expect(reply["content-type"] == "application/problem+json")
            }
        }
    }

    @Test("whatever the caller would accept, what is answered comes in the form that it has")
    func accepted() async throws {
        try await ReceptionHouse.open { house in
            for types in ["text/csv", "application/json;q=0", "", "*"] {
                let found = try await house.asha.send("GET", "/v1/samples", fields: [("Accept", types)])
                #expect(found.status == 200 && found["content-type"] == "application/json", "\(types)")
                let missing = try await house.asha.send("GET", "/v1/nothing", fields: [("Accept", types)])
                #expect(missing.status == 404, "\(types)")
                #expect(missing["content-type"] == "application/problem+json", "\(types)")
            }
        }
    }

    @Test("every complaint about the inputs comes at once, with its pointer")
    func complaints() async throws {
        try await ReceptionHouse.open { house in
            let reply = try await house.asha.send(
                "POST", "/v1/samples?x=1", json: "{\"text\":\"\",\"more\":1}")
            for pointer in ["/text", "/more", "/query/x"] {
                #expect(reply.text.contains("\"pointer\":\"\(pointer)\""))
            }
        }
    }

    @Test("unknown and suspended clinics answer with the same bytes but for the request's name")
    func suspended() async throws {
        try await ReceptionHouse.open { house in
            var answers: Set<String> = []
            for host in [
                "nobody.localhost", "closed.localhost", "CLOSED.localhost.", "other.example", "10.0.0.1",
            ] {
                let reply = try await house.caller(at: host, token: house.asha.token).send("GET", "/v1/me")
                #expect(reply.status == 404)
                let name = try #require(reply["x-request-id"])
                let fields = reply.fields.filter { !["date", "x-request-id", "ratelimit"].contains($0.name) }
                answers.insert(reply.text.replacing(name, with: "…") + "\(fields)")
            }
            #expect(answers.count == 1)
        }
    }

    @Test("HEAD is answered as GET without the body, OPTIONS and 405 name the methods")
    func methods() async throws {
        try await ReceptionHouse.open { house in
            let get = try await house.asha.send("GET", "/v1/ping")
            let head = try await house.asha.send("HEAD", "/v1/ping")
            #expect(get.text == "{\"pong\":true}")
            #expect(
                head.status == 200 && head.body.isEmpty && head["content-length"] == get["content-length"])
            let options = try await house.asha.send("OPTIONS", "/v1/samples")
            #expect(options.status == 204 && options["allow"] == "GET, HEAD, POST, OPTIONS")
            let wrong = try await house.asha.send("PATCH", "/v1/samples")
            #expect(wrong.status == 405 && wrong["allow"] == "GET, HEAD, POST, OPTIONS")
            #expect(try await house.asha.send("OPTIONS", "/v1/nothing").status == 404)
        }
    }

    @Test("whatever is thrown becomes a problem that tells nothing of ours")
    func faults() async throws {
        try await ReceptionHouse.open { house in
            let table: [(String, Int, String, String?)] = [
                ("refusal", 422, "refused", nil), ("unavailable", 503, "unavailable", "7"),
                ("timeout", 503, "unavailable", "1"), ("unknownCommit", 503, "unavailable", "1"),
                ("constraint", 500, "internal", nil), ("deadlock", 503, "unavailable", "1"),
                ("missingRight", 500, "internal", nil), ("surprise", 500, "internal", nil),
            ]
            for (way, status, code, wait) in table {
                let reply = try await house.stranger.send("GET", "/v1/failures/\(way)")
                #expect(reply.status == status, "\(way)")
                #expect(reply.text.contains("\"code\":\"\(code)\""), "\(way)")
                #expect(reply["retry-after"] == wait, "\(way)")
                #expect(!reply.text.contains("secret"), "\(way)")
                let name = try #require(reply["x-request-id"])
                #expect(reply.text.contains("\"request_id\":\"\(name)\""))
            }
        }
    }

    @Test("a denial leaves a line in the audit trail")
    func denial() async throws {
        try await ReceptionHouse.open { house in
            let path = "/v1/samples/smp_01jd4rznr0fk2vdr1b3wx4rqbe/approve"
            #expect(try await house.asha.send("POST", path).status == 403)
            let rows = try await house.place.script("SELECT act, outcome FROM audit_event")
            #expect(rows == [["refunds.approve", "denied"]])
        }
    }

    @Test("what a handler does not allow leaves a line as well, once, whether a permission was asked or not")
    func denialByHandler() async throws {
        try await ReceptionHouse.open { house in
            #expect(try await house.asha.send("POST", "/v1/samples/1/deny").status == 403)
            #expect(try await house.asha.send("POST", "/v1/samples/1/deny-anybody").status == 403)
            #expect(try await house.stranger.send("POST", "/v1/samples/1/deny").status == 401)
            let rows = try await house.place.script(
                """
                SELECT act, outcome, subject_kind, caller_kind, detail ->> 'route' FROM audit_event ORDER BY act
                """)
            #expect(
                rows == [
                    ["appointments.create", "denied", "appointments", "staff", nil],
                    ["request", "denied", "request", "staff", "/v1/samples/{number}/deny-anybody"],
                ])
            #expect(try await house.place.script("SELECT kind FROM outbox") == [])
        }
    }

    @Test("the reception stays closed on flawed endpoints, and names every flaw")
    func flaws() throws {
        var endpoints = ReceptionHouse.endpoints()
        endpoints.open(AnswerPing.self)
        endpoints.open(ReadSample.self)
        let flaws = endpoints.flaws.joined(separator: "\n")
        #expect(flaws.contains("GET /v1/ping") && flaws.contains("ReadSample"))
        #expect(ReceptionHouse.endpoints().flaws.isEmpty)
    }

    @Test("a request leaves one line, by its route's template, without its path, its query or a person")
    func lines() async throws {
        try await ReceptionHouse.open { house in
            _ = try await house.asha.send(
                "GET", "/v1/samples/3?secret=Meera", fields: [("traceparent", Self.trace)])
            let lines = house.log.text().split(separator: "\n").filter {
                $0.contains("\"message\":\"request\"")
            }
            #expect(lines.count == 1)
            let line = String(lines.first ?? "")
            for part in [
                "/v1/samples/{number}", "\"status\":422", "\"tenant\":\"asha\"",
                "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"",
            ] {
                #expect(line.contains(part), "\(part) in \(line)")
            }
            #expect(!line.contains("Meera") && !line.contains("secret") && !line.contains("samples/3"))
        }
    }

    private static let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
}
