import EndpointKit
import JSON
import Shapes
import Testing
import Vocabulary

/// A request as the tests say it.
struct Asked: RequestParts {
    var path: [String: String] = [:]
    var queryItems: [(name: String, value: String)] = []
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    init(
        path: [String: String] = [:], query: [(String, String)] = [], headers: [String: String] = [:],
        body: String = "", type: String? = "application/json"
    ) {
        self.path = path
        queryItems = query.map { (name: $0.0, value: $0.1) }
        self.headers = headers
        self.body = Array(body.utf8)
        if let type { self.headers["content-type"] = type }
    }

    func pathValue(_ name: String) -> String? { path[name] }
    func header(_ name: String) -> String? { headers[name] }
    func openCursor(_ sealed: String) -> String? {
        sealed.hasPrefix("sealed.") ? String(sealed.dropFirst(7)) : nil
    }
}

enum Appointment: Identified { static let idPrefix: StaticString = "apt" }

struct Booked: Output, Equatable {
    let appointment: ID<Appointment>
    let startsAt: Instant
    let note: String?
    static let isVersioned = true
    var revision: String? { "7" }

    static let shape = OutputShape<Booked> {
        Out("id", "The appointment.") { $0.appointment }
        Out("starts_at", "When it begins.") { $0.startsAt }
        Out("note", "What the desk should know.", example: "Brings an interpreter.") { $0.note }
    }
}

enum Reason: String, CaseIterable, WireValue { case illness, weather, other }

struct Reschedule: Endpoint {
    static let route = Route.post("/v1/appointments/{appointment}/reschedule")
    static let summary = "Move an appointment to another free slot."
    static let access = Access<Void>(.permitted, permission: "appointment.reschedule")
    static let limit = Limit.perCaller(30, per: .seconds(60))
    static let audit = Audit.writes("appointment")
    static let problems: [ProblemCode] = [.slotTaken]

    @In(.path, "The appointment to move.") var appointment: ID<Appointment>
    @In(.body, "When it shall begin.") var startsAt: Instant
    @In(.body, "Why, in the patient's words.", .length(3...280)) var reason: String
    @In(.body, "The kind of reason.") var kind: Reason?
    @In(.body, "Whom to tell.", .count(0...3), .each(.length(1...40))) var tell: [String] = []

    func respond(to request: Void) async throws -> Created<Booked> {
        Created(
            Booked(appointment: appointment, startsAt: startsAt, note: nil),
            at: "/v1/appointments/\(appointment)")
    }
}

struct ListAppointments: Endpoint {
    static let route = Route.get("/v1/appointments")
    static let summary = "List appointments."
    static let access = Access<Void>(.signedIn)
    static let limit = Limit.none
    static let audit = Audit.reads("appointment")

    @In(.query, "From this day on.") var from: Day
    @In(.query, "At most so many.", .within(1...200)) var limit = 50
    @In(.query, "Only these kinds.") var kinds: [Reason] = []
    @In(.query, "Only confirmed ones.") var confirmed: Bool?
    @In(.query, "Where to go on.") var after: Cursor?
    @In(.header, "The caller's language.") var acceptLanguage: String?

    func respond(to request: Void) async throws -> Page<Booked> { Page([], next: Cursor("x 1")) }
}

let appointmentText = "apt_01jd4rznr0fk2vdr1b3wx4rqbe"
let appointmentID = ID<Appointment>(text: appointmentText)

@Suite("Reading an endpoint's inputs")
struct InputTests {
    let reschedule = EndpointPlan(Reschedule.self)
    let list = EndpointPlan(ListAppointments.self)

    func complaints(_ body: () throws -> Void) -> [Complaint] {
        do { try body() } catch let problem as Problem { return problem.complaints } catch {}
        return []
    }

    @Test("a valid request fills every input")
    func fills() throws {
        let endpoint = try reschedule.read(
            Asked(
                path: ["appointment": appointmentText],
                body:
                    #"{"starts_at":"2027-01-04T09:00:00Z","reason":"Rain","kind":"weather","tell":["desk"]}"#)
        )
        #expect(endpoint.appointment == appointmentID)
        #expect(endpoint.startsAt.text == "2027-01-04T09:00:00Z")
        #expect(endpoint.reason == "Rain")
        #expect(endpoint.kind == .weather)
        #expect(endpoint.tell == ["desk"])
    }

    @Test("what was not sent is nil or its default")
    func defaults() throws {
        let endpoint = try list.read(Asked(query: [("from", "2027-01-04")], type: nil))
        #expect(endpoint.limit == 50)
        #expect(endpoint.kinds == [])
        #expect(endpoint.confirmed == nil)
        #expect(endpoint.after == nil)
        #expect(endpoint.acceptLanguage == nil)
    }

    @Test("a query's list may be sent several times, a header and a cursor are read")
    func queries() throws {
        let endpoint = try list.read(
            Asked(
                query: [
                    ("from", "2027-01-04"), ("kinds", "weather"), ("limit", "3"), ("kinds", "other"),
                    ("confirmed", "false"), ("after", "sealed.here"),
                ], headers: ["accept-language": "hi"]))
        #expect(endpoint.kinds == [.weather, .other])
        #expect(endpoint.limit == 3)
        #expect(endpoint.confirmed == false)
        #expect(endpoint.after == Cursor("here"))
        #expect(endpoint.acceptLanguage == "hi")
    }

    @Test("a caller who must mend five things hears of five things")
    func allComplaints() {
        let complaints = complaints {
            _ = try reschedule.read(
                Asked(
                    path: ["appointment": "x"], body: #"{"reason":"no","kind":"rain","tell":[1,"a"],"odd":1}"#
                ))
        }
        #expect(
            Set(complaints.map { "\($0.pointer) \($0.code)" }) == [
                "/odd unknown_member", "/path/appointment wrong_form", "/starts_at missing",
                "/reason wrong_length",
                "/kind not_one_of", "/tell/0 wrong_type",
            ])
    }

    @Test(
        "a query is read strictly",
        arguments: [
            ([("limit", "+5")], "/query/limit wrong_type"), ([("limit", " 5")], "/query/limit wrong_type"),
            ([("limit", "5.0")], "/query/limit wrong_type"), ([("limit", "05")], "/query/limit wrong_type"),
            ([("limit", "")], "/query/limit wrong_type"), ([("limit", "0")], "/query/limit out_of_range"),
            ([("limit", "201")], "/query/limit out_of_range"),
            ([("limit", "99999999999999999999")], "/query/limit wrong_type"),
            ([("limit", "5"), ("limit", "6")], "/query/limit repeated"),
            ([("confirmed", "1")], "/query/confirmed wrong_type"),
            ([("confirmed", "True")], "/query/confirmed wrong_type"),
            ([("kinds", "weather"), ("kinds", "snow")], "/query/kinds/1 not_one_of"),
            ([("after", "forged")], "/query/after wrong_form"), ([("after", "")], "/query/after wrong_form"),
            ([("page", "2")], "/query/page unknown_parameter"),
            ([("a/b", "2")], "/query/a~1b unknown_parameter"),
        ] as [([(String, String)], String)])
    func strictQuery(query: [(String, String)], complaint: String) {
        let complaints = complaints { _ = try list.read(Asked(query: [("from", "2027-01-04")] + query)) }
        #expect(complaints.map { "\($0.pointer) \($0.code)" } == [complaint])
    }

    @Test(
        "a body that is not JSON is 400 with a pointer",
        arguments: [
            ("{", "", "unexpected_end"), (#"{"reason":"a","reason":"b"}"#, "/reason", "duplicate_key"),
            (#"{"tell":["a","\ud800"]}"#, "/tell/1", "lone_surrogate"), ("{} x", "", "trailing_bytes"),
        ])
    func malformed(body: String, pointer: String, code: String) {
        #expect {
            try reschedule.read(Asked(path: ["appointment": appointmentText], body: body))
        } throws: { error in
            let problem = error as? Problem
            return problem?.status == 400 && problem?.complaints.map(\.pointer) == [pointer]
                && problem?.complaints.map(\.code) == [code]
        }
    }

    @Test(
        "a body of another type is 415", arguments: [nil, "text/plain", "application/json; charset=latin1"])
    func mediaType(type: String?) {
        #expect(throws: Problem(.unsupportedMediaType)) {
            try reschedule.read(Asked(path: ["appointment": appointmentText], body: "{}", type: type))
        }
    }

    @Test("a missing body is a missing member", arguments: ["", "{}"])
    func missingBody(body: String) {
        let complaints = complaints {
            _ = try reschedule.read(
                Asked(
                    path: ["appointment": appointmentText], body: body,
                    type: "Application/JSON; charset=\"UTF-8\""))
        }
        #expect(complaints.map(\.pointer) == ["/starts_at", "/reason"])
    }

    @Test("a body that is no object is one complaint about all of it and one for every missing member")
    func noObject() {
        let complaints = complaints {
            _ = try reschedule.read(Asked(path: ["appointment": appointmentText], body: "[]"))
        }
        #expect(complaints.map(\.pointer) == ["", "/starts_at", "/reason"])
    }

    @Test("null is nothing for an optional member, and wrong for any other")
    func nulls() throws {
        let body = #"{"starts_at":"2027-01-04T09:00:00Z","reason":"Rain","kind":null}"#
        #expect(try reschedule.read(Asked(path: ["appointment": appointmentText], body: body)).kind == nil)
        let complaints = complaints {
            _ = try reschedule.read(
                Asked(
                    path: ["appointment": appointmentText],
                    body: #"{"starts_at":"2027-01-04T09:00:00Z","reason":null}"#))
        }
        #expect(complaints.map { "\($0.pointer) \($0.code)" } == ["/reason wrong_type"])
    }

    @Test("complaints never repeat what was sent")
    func discreet() {
        let complaints = complaints {
            _ = try reschedule.read(
                Asked(path: ["appointment": "secret-1"], body: #"{"starts_at":"secret-2","kind":"secret-3"}"#)
            )
        }
        #expect(complaints.count == 4)
        #expect(!complaints.contains { $0.detail.contains("secret") })
    }
}
