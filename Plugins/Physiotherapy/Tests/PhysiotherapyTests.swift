import PluginKit
import Testing

@testable import Physiotherapy

@Suite("Physiotherapy")
struct PhysiotherapyTests {
    let plugin = PhysiotherapyPlugin()

    private func visitType(_ name: String) throws -> VisitType {
        try #require(plugin.visitTypes(.init()).first { $0.name == name })
    }

    @Test("the declaration is sound")
    func soundness() { #expect(flaws(in: plugin) == []) }

    @Test("the sixth treatment closes the episode", arguments: [(4, false), (5, true)])
    func lastTreatment(completed: Int, closes: Bool) throws {
        let done = try visitType("treatment").advance(
            OrdinaryStep.finish, from: OrdinaryStage.begun, as: .physiotherapist,
            VisitFacts(patientAge: 40, completedVisits: completed))
        #expect(done.consequences.contains(.closeEpisode) == closes)
    }

    @Test("an assessment cannot be finished without its form")
    func missingForm() throws {
        let assessment = try visitType("assessment")
        #expect(throws: Refusal("Fill in the movement assessment first.")) {
            try assessment.advance(
                OrdinaryStep.finish, from: OrdinaryStage.begun, as: .physiotherapist,
                VisitFacts(patientAge: 40, completedVisits: 0))
        }
    }

    @Test("an assistant treats and does not assess")
    func assistants() throws {
        let facts = VisitFacts(patientAge: 40, completedVisits: 0)
        _ = try visitType("treatment").advance(
            OrdinaryStep.begin, from: OrdinaryStage.arrived, as: .physiotherapyAssistant, facts)
        let assessment = try visitType("assessment")
        #expect(throws: Refusal("Your role does not take this step.")) {
            try assessment.advance(
                OrdinaryStep.begin, from: OrdinaryStage.arrived, as: .physiotherapyAssistant, facts)
        }
    }

    @Test("an assistant records what a physiotherapist signs")
    func permissions() throws {
        func suggested(_ name: PluginPermission.Name) throws -> Set<Role> {
            Set(
                try #require(PhysiotherapyPlugin.permissions.first { $0.name == name }).suggestions.map(
                    \.role))
        }
        #expect(try suggested("physio.treatment.record") == [.physiotherapist, .physiotherapyAssistant])
        for name: PluginPermission.Name in ["physio.plan.sign", "physio.treatment.cosign"] {
            #expect(try suggested(name) == [.physiotherapist])
        }
    }

    @Test("a form says everything that is wrong with it at once")
    func complaints() {
        let fault = #expect(throws: ShapeFault.self) {
            _ = try MovementAssessment(reading: ["pain": 11, "diagnosis": "Frozen shoulder"])
        }
        #expect(fault?.complaints.map(\.pointer).sorted() == ["/complaint", "/pain"])
    }
}
