import EndpointKit
import JSON
import Shapes
import Testing
import Vocabulary

@Suite("The OpenAPI document")
struct OpenAPITests {
    static let endpoints = [
        EndpointPlan(Reschedule.self).description, EndpointPlan(ListAppointments.self).description,
        EndpointPlan(Sound.self).description,
    ]
    static let info = OpenAPI.Info(title: "Nadi", version: "1.0.0", description: "A clinic.")

    func document() throws -> JSON { try JSON(parsing: OpenAPI(Self.info, Self.endpoints).document) }

    func operation(_ path: String, _ method: String) throws -> JSON {
        try #require(try document()["paths"]?[path]?[method])
    }

    @Test("it is the same whatever order the endpoints come in")
    func deterministic() {
        let forward = OpenAPI(Self.info, Self.endpoints).document
        #expect(OpenAPI(Self.info, Self.endpoints.reversed()).document == forward)
        #expect(forward.count > 5_000)
    }

    @Test("rules stand in the schema, and required members are required")
    func schemas() throws {
        let operation = try operation("/v1/appointments/{appointment}/reschedule", "post")
        let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"]
        #expect(schema?["required"] == ["starts_at", "reason"])
        #expect(schema?["additionalProperties"] == false)
        let reason = schema?["properties"]?["reason"]
        #expect(reason?["minLength"] == 3 && reason?["maxLength"] == 280)
        #expect(reason?["description"] == "Why, in the patient's words.")
        #expect(schema?["properties"]?["tell"]?["maxItems"] == 3)
        #expect(schema?["properties"]?["tell"]?["items"]?["maxLength"] == 40)
        #expect(schema?["properties"]?["tell"]?["default"] == [])
        #expect(operation["x-required-permission"] == "appointment.reschedule")
        #expect(operation["security"] == [["bearer": []]])
    }

    @Test("every problem that can be answered is there, with its fields")
    func problems() throws {
        let operation = try operation("/v1/appointments/{appointment}/reschedule", "post")
        let responses = try #require(operation["responses"]?.objectValue?.members.map(\.name))
        #expect(
            responses == [
                "201", "400", "401", "403", "404", "408", "409", "413", "414", "415", "422", "429", "431",
                "500", "503", "504",
            ])
        #expect(operation["responses"]?["409"]?["x-problem-codes"] == ["slot_taken", "request_in_progress"])
        #expect(operation["responses"]?["503"]?["headers"]?["Retry-After"] != nil)
        #expect(operation["responses"]?["201"]?["headers"]?["Location"] != nil)
        #expect(operation["responses"]?["201"]?["headers"]?["RateLimit-Policy"] != nil)
    }

    @Test("parameters say where they stand and never say null")
    func parameters() throws {
        let parameters = try #require(try operation("/v1/appointments", "get")["parameters"]?.arrayValue)
        let byName = Dictionary(uniqueKeysWithValues: parameters.map { ($0["name"]?.stringValue ?? "", $0) })
        #expect(byName["from"]?["required"] == true && byName["from"]?["in"] == "query")
        #expect(byName["limit"]?["schema"]?["default"] == 50)
        #expect(byName["confirmed"]?["schema"]?["type"] == "boolean")
        #expect(byName["accept-language"]?["in"] == "header")
        #expect(byName["kinds"]?["schema"]?["items"]?["enum"] == ["illness", "weather", "other"])
    }

    @Test("named schemas stand once and are referred to; nothing is referred to that is not there")
    func references() throws {
        let document = try document()
        let names = document["components"]?["schemas"]?.objectValue?.members.map(\.name)
        #expect(names == ["Booked", "Complaint", "PageOfBooked", "Problem"])
        let text = document.jsonText
        for part in text.split(separator: "\"#/components/schemas/").dropFirst() {
            #expect(names?.contains(String(part.prefix { $0 != "\"" })) == true)
        }
        let page = document["components"]?["schemas"]?["PageOfBooked"]
        #expect(page?["properties"]?["items"]?["items"]?["$ref"] == "#/components/schemas/Booked")
    }
}

@Suite("Problems and answers")
struct ProblemTests {
    @Test("a problem document has the members that clients rely on")
    func document() throws {
        var problem = Problem.invalidInput([
            Complaint(pointer: "/reason", code: "missing", detail: "is missing")
        ])
        problem.members["extra"] = 1
        let document = try JSON(parsing: problem.body(requestID: "r1"))
        #expect(document["type"] == "/docs/problems/invalid_input")
        #expect(
            document["status"] == 422 && document["code"] == "invalid_input" && document["request_id"] == "r1"
        )
        #expect(document["errors"] == [["pointer": "/reason", "code": "missing", "detail": "is missing"]])
        #expect(document["extra"] == 1)
    }

    @Test("every code has words, a page and a status of its kind", arguments: ProblemCode.allCases)
    func catalogue(code: ProblemCode) {
        #expect((400...599).contains(code.status))
        #expect(!code.words.title.isEmpty && !code.words.explanation.isEmpty && !code.words.remedy.isEmpty)
        #expect(code.page == "/docs/problems/\(code.rawValue)")
        #expect(code.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
        #expect(code == .notFound || code.words.title != ProblemCode.notFound.words.title)
        #expect(code == .conflict || code.words.title != ProblemCode.conflict.words.title)
        #expect(code == .malformedRequest || code.words.title != ProblemCode.malformedRequest.words.title)
    }

    @Test(
        "statuses that the engine answers have a code of that status",
        arguments: [
            400, 404, 405, 408, 413, 414, 416, 417, 431, 500, 501, 503, 504, 505,
        ])
    func engine(status: Int) { #expect(ProblemCode.engine(status: status).status == status) }

    @Test("a page writes its next position only sealed")
    func pages() throws {
        var page = Page<Booked>([], next: Cursor("secret 1"))
        #expect(page.jsonText == #"{"items":[],"next":null}"#)
        page.seal { "s." + String($0.reversed()) }
        #expect(page.jsonText == #"{"items":[],"next":"s.1 terces"}"#)
        #expect(page.nextCursor == "s.1 terces")
    }

    @Test("an answer knows its status, revision and place")
    func answers() throws {
        let id = try #require(appointmentID)
        let booked = Booked(appointment: id, startsAt: Instant(seconds: 0), note: nil)
        let created = Created(booked, at: "/v1/appointments/x")
        #expect(Created<Booked>.outcome.status == 201 && created.place == "/v1/appointments/x")
        #expect(created.revision == "7" && Created<Booked>.isVersioned)
        #expect(Accepted<Booked>.outcome.status == 202 && NoContent.outcome.status == 204)
        #expect(
            created.jsonText
                == #"{"id":"\#(appointmentText)","starts_at":"1970-01-01T00:00:00Z","note":null}"#)
    }
}
