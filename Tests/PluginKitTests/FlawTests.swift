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

private enum Stage: String, VisitStage {
    case booked, stuck, island, done

    var phase: Phase { self == .done ? .finished : .booked }
}

private enum Short: String, VisitStage {
    case booked, gone

    var phase: Phase { self == .gone ? .cancelled : .booked }
}

private enum Step: String, VisitStep { case go }
