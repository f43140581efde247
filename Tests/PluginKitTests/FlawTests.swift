import PluginKit
import Shapes
import Testing
import Vocabulary

@Suite("What can be wrong with a plugin")
struct FlawTests {
    @Test("a stage that cannot be left or reached, and a step with two meanings, are named")
    func graph() {
        let broken = Lifecycle<Stage, Step>(begins: .booked, ends: [.done]) {
            Move(.go, from: .booked, to: .stuck, by: [.nurse])
            Move(.go, from: .booked, to: .done, by: [.nurse])
        }
        #expect(
            found(in: broken) == [
                "x: stage island can never be reached", "x: stage stuck has no way out",
                "x: stage island has no way out", "x: go from booked leads to two stages",
                "x: no visit goes from booked to done",
            ])
    }

    @Test("an end with a way out is no end, and a move that nobody may make is none")
    func ends() {
        let broken = Lifecycle<Short, Step>(begins: .booked, ends: [.booked, .gone]) {
            Move(.go, from: .booked, to: .gone, by: [])
        }
        #expect(
            found(in: broken) == [
                "x: stage booked is an end, yet has a way out", "x: nobody may go from booked",
            ])
    }

    @Test("a visit begins booked, since it begins with its promise")
    func beginnings() {
        let broken = Lifecycle<Short, Step>(begins: .gone, ends: [.gone, .booked]) {}
        #expect(found(in: broken).contains("x: it begins at gone, which is not booked"))
    }

    @Test(
        "needs that no clinic could meet are flaws",
        arguments: [
            (Need.room("Treatment room"), "Treatment room cannot tag a resource"),
            (.practitioner(), "needs somebody, but no role that a clinic can give"),
            (.practitioner(.superAdmin), "needs somebody, but no role that a clinic can give"),
            (.practitioner(.nurse, count: 9), "needs 9 at once"),
            (.room("gym", after: .seconds(90)), "has a buffer of no whole minutes from 0 to 240"),
        ])
    func needs(need: Need, flaw: String) {
        let visit = VisitType("x", "X", lasting: .minutes(10), lifecycle: sound) {
            Needs(.practitioner(.nurse), need)
        }
        #expect(flaws(in: Sample([visit])) == ["x: \(flaw)"])
    }

    @Test("visits that need nobody, last no time, share a name or say nothing in time are flaws")
    func visits() {
        let visit = VisitType("x", "X", lasting: .seconds(30), lifecycle: sound) {
            Needs(.room("gym"))
            Reminder("late", before: .zero, via: .sms)
        }
        #expect(
            flaws(in: Sample([visit, visit])).dropFirst(3) == [
                "x: lasts no whole minutes from 1 to 720", "x: needs nobody",
                "x: late reaches nobody in time",
                "two visit types are called x",
            ])
        #expect(flaws(in: Sample([])) == ["nothing can be booked"])
    }

    @Test("two plugins of one name are a flaw of the roster")
    func roster() {
        #expect(flaws(inRoster: [Sample([]), Sample([])]).first == "two plugins are called sample")
    }

    @Test(
        "a permission is in the plugin's own namespace, once, says what it allows and to whom it can be given"
    )
    func permissions() {
        #expect(
            Set(flaws(in: Presumptuous())) == [
                "sign cannot name a permission", "other.course.sign does not begin with mine",
                "two permissions are called mine.course.read", "mine.course.read does not say what it allows",
                "mine.course.plan is suggested to nurse twice",
                "mine.course.plan is suggested to platform.support, who cannot have it",
                "mine.course.plan is suggested to guardian.caregiver, who cannot have it",
                "mine.course.plan is suggested to patient, who cannot have it",
                "mine.course.plan is suggested to kiosk, who cannot have it",
            ])
    }

    @Test("two plugins that call their permissions alike are a flaw of the roster")
    func namespaces() {
        let found = flaws(inRoster: [Presumptuous(), Twin()])
        #expect(found.contains("two plugins call their permissions mine"))
        #expect(!flaws(inRoster: [Twin()]).contains { $0.hasPrefix("two plugins") })
    }

    @Test(
        "names have three words of small letters",
        arguments: [
            ("a.b.c", true), ("general-practice.vitals.record", true), ("a.b_c.d", true), ("a.b", false),
            ("a.b.c.d", false), ("a..c", false), ("A.b.c", false), ("a.b.c ", false), ("a.-b.c", false),
            ("a.b--c.d", false), ("a1.b.c", false), ("", false),
            (String(repeating: "a", count: 77) + ".b.c", false),
        ])
    func names(text: String, isName: Bool) throws {
        #expect((PluginPermission.Name(text: text) != nil) == isName)
        let pattern = try Regex(PluginPermission.Name.pattern)
        #expect((text.wholeMatch(of: pattern) != nil && text.count <= 80) == isName)
    }

    private let sound = Lifecycle<Short, Step>(begins: .booked, ends: [.gone]) {
        Move(.go, from: .booked, to: .gone, by: [.nurse])
    }

    private func found<S, T>(in lifecycle: Lifecycle<S, T>) -> [String] {
        let visit = VisitType("x", "X", lasting: .minutes(10), lifecycle: lifecycle) {
            Needs(.practitioner(.nurse))
        }
        return flaws(in: Sample([visit]))
    }
}

private struct Sample: DomainPlugin {
    static let id: PluginID = "sample"
    static let title = "Sample"
    static let version = 1
    let visits: [VisitType]

    init() { visits = [] }
    init(_ visits: [VisitType]) { self.visits = visits }

    struct Configuration: Shape {}

    func visitTypes(_: Configuration) -> [VisitType] {
        for visit in visits { visit }
    }
}

private struct Presumptuous: DomainPlugin {
    static let id: PluginID = "presumptuous"
    static let title = "Presumptuous"
    static let version = 1
    static let namespace = "mine"
    static let permissions = [
        PluginPermission("sign", "Sign."), PluginPermission("other.course.sign", "Sign."),
        PluginPermission("mine.course.read", "Read."), PluginPermission("mine.course.read", ""),
        PluginPermission(
            "mine.course.plan", "Plan.",
            to: [
                .nurse: .assigned, .nurse: .tenant, .support: .tenant, .guardian: .own, .patient: .tenant,
                .kiosk: .location, .vaidya: .assigned,
            ]),
    ]

    struct Configuration: Shape {}

    func visitTypes(_: Configuration) -> [VisitType] {
        for visit in Twin().visitTypes(.init()) { visit }
    }
}

private struct Twin: DomainPlugin {
    static let id: PluginID = "twin"
    static let title = "Twin"
    static let version = 1
    static let namespace = "mine"

    struct Configuration: Shape {}

    func visitTypes(_: Configuration) -> [VisitType] {
        VisitType(
            "x", "X", lasting: .minutes(10),
            lifecycle: Lifecycle<Short, Step>(begins: .booked, ends: [.gone]) {
                Move(.go, from: .booked, to: .gone, by: [.nurse])
            }
        ) {
            Needs(.practitioner(.nurse))
        }
    }
}

private enum Stage: String, VisitStage {
    case booked, stuck, island, done

    var phase: Phase { self == .done ? .finished : .booked }
}

private enum Short: String, VisitStage {
    case booked, gone

    var phase: Phase { self == .gone ? .cancelled : .booked }
}

private enum Step: String, VisitStep { case go }
