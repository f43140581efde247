import EndpointKit
import JSON
import Shapes
import Testing
import Vocabulary

protocol Silent: Endpoint where Request == Void, Answer == NoContent {}
extension Silent {
    static var summary: String { "Does nothing." }
    static var access: Access<Void> { Access(.anyone) }
    static var limit: Limit { .none }
    static var audit: Audit { .silent }
    func respond(to request: Void) async throws -> NoContent { NoContent() }
}

struct Forgotten: Silent { static let route = Route.get("/v1/things/{thing}") }
struct Unrouted: Silent {
    static let route = Route.get("/v1/things")
    @In(.path, "A thing.") var thing: String
}
struct OptionalPath: Silent {
    static let route = Route.get("/v1/things/{thing}")
    @In(.path, "A thing.") var thing: String?
}
struct BodyOfGet: Silent {
    static let route = Route.get("/v1/things")
    @In(.body, "A thing.") var thing: String
}
struct Undeclared: Silent {
    static let route = Route.post("/v1/things")
    var thing = 5
}
struct Reserved: Silent {
    static let route = Route.post("/v1/things")
    @In(.body, "A question.") var query: String
}
struct Twice: Silent {
    static let route = Route.get("/v1/{thing}/{thing}")
    @In(.path, "A thing.") var thing: String
}
struct Sound: Silent {
    static let route = Route.get("/v1/things/{thing}")
    @In(.path, "A thing.") var thing: String
}
struct SameForm: Silent {
    static let route = Route.get("/v1/things/{other}")
    @In(.path, "A thing.") var other: String
}
struct Crossing: Silent {
    static let route = Route.get("/v1/{kind}/list")
    @In(.path, "A kind.") var kind: String
}
struct Narrower: Silent { static let route = Route.get("/v1/things/list") }

@Suite("Flaws that stop the boot")
struct FlawTests {
    @Test("a sound list has none: a literal beside a name is not ambiguous")
    func sound() {
        let list = EndpointList([
            EndpointPlan(Reschedule.self).description, EndpointPlan(ListAppointments.self).description,
            EndpointPlan(Sound.self).description, EndpointPlan(Narrower.self).description,
        ])
        #expect(list.flaws == [])
    }

    @Test("each contradiction is named")
    func contradictions() {
        #expect(EndpointPlan(Forgotten.self).description.flaws.joined().contains("{thing}"))
        #expect(EndpointPlan(Unrouted.self).description.flaws.joined().contains("not in GET /v1/things"))
        #expect(EndpointPlan(OptionalPath.self).description.flaws.joined().contains("cannot be optional"))
        #expect(EndpointPlan(BodyOfGet.self).description.flaws.joined().contains("has no body"))
        #expect(EndpointPlan(Undeclared.self).description.flaws.joined().contains("does not declare"))
        #expect(EndpointPlan(Reserved.self).description.flaws.joined().contains("cannot be called query"))
        #expect(EndpointPlan(Twice.self).description.flaws.joined().contains("a name twice"))
    }

    @Test("endpoints that answer the same paths are named")
    func clashes() {
        let sound = EndpointPlan(Sound.self).description
        #expect(EndpointList([sound, EndpointPlan(SameForm.self).description]).flaws.count == 1)
        #expect(EndpointList([sound, EndpointPlan(Crossing.self).description]).flaws.count == 1)
        #expect(EndpointList([sound, sound]).flaws.count == 2)
    }

    @Test("two schemas of one name are named, two uses of one schema are not")
    func schemas() {
        enum Elsewhere {
            struct Booked: Output {
                static let shape = OutputShape<Booked> { Out("other", "Another thing.") { _ in 1 } }
            }
        }
        struct Other: Endpoint {
            static let route = Route.get("/v1/others")
            static let summary = "Others."
            static let access = Access<Void>(.anyone)
            static let limit = Limit.none
            static let audit = Audit.silent
            func respond(to request: Void) async throws -> Elsewhere.Booked { Elsewhere.Booked() }
        }
        let list = EndpointPlan(ListAppointments.self).description
        let flaws = EndpointList([list, EndpointPlan(Other.self).description]).flaws
        #expect(flaws == ["Two different schemas are called Booked."])
    }
}
