import PluginKit
import Testing

@testable import GeneralPractice

@Suite("General practice")
struct GeneralPracticeTests {
    let plugin = GeneralPracticePlugin()

    private func visitType(_ name: String) throws -> VisitType {
        try #require(plugin.visitTypes(.init()).first { $0.name == name })
    }

    private func facts(_ forms: any Shape...) -> VisitFacts {
        VisitFacts(patientAge: 40, completedVisits: 0, forms: forms)
    }

    @Test("the declaration is sound")
    func soundness() { #expect(flaws(in: plugin) == []) }

    @Test("the longest visits a clinic can configure are sound as well")
    func longest() {
        var configuration = GeneralPracticePlugin.Configuration()
        (configuration.consultationMinutes, configuration.cleaningMinutes) = (120, 60)
        #expect(flaws(in: plugin, configured: configuration) == [])
        #expect(plugin.visitTypes(configuration)[0].length == .minutes(120))
    }

    @Test("nobody begins a consultation before the nurse has measured")
    func measuredFirst() throws {
        let consultation = try visitType("consultation")
        #expect(throws: Refusal.self) {
            try consultation.advance(Step.begin, from: Stage.arrived, as: .physician, facts())
        }
        #expect(throws: Refusal("Record the vital signs first.")) {
            try consultation.advance(Step.measure, from: Stage.arrived, as: .nurse, facts())
        }
        let measured = try consultation.advance(
            Step.measure, from: Stage.arrived, as: .nurse, facts(VitalSigns()))
        #expect(measured.stage == "measured" && measured.phase == .arrived)
    }

    @Test("only a physician finishes a consultation, and only with a note")
    func finishing() throws {
        let consultation = try visitType("consultation")
        #expect(throws: Refusal("Your role does not take this step.")) {
            try consultation.advance(Step.finish, from: Stage.begun, as: .receptionist, facts())
        }
        #expect(throws: Refusal("Write the note first.")) {
            try consultation.advance(Step.finish, from: Stage.begun, as: .physician, facts())
        }
        let done = try consultation.advance(
            Step.finish, from: Stage.begun, as: .physician, facts(VisitNote()))
        #expect(done.phase == .finished && done.consequences == [.charge("GP-CONSULTATION", times: 1)])
    }

    @Test("after a vaccination the room is kept while the patient is watched, the nurse is not")
    func watched() throws {
        let needs = try visitType("vaccination").needs
        #expect(needs.map(\.after.wholeMinutes) == [0, 15])
    }

    @Test("a diastolic pressure above the systolic one is complained of where it stands")
    func pressures() {
        let complaints = #expect(throws: ShapeFault.self) {
            _ = try VitalSigns(reading: ["systolic": 80, "diastolic": 120])
        }
        #expect(complaints?.complaints.map(\.pointer) == ["/diastolic"])
    }
}
