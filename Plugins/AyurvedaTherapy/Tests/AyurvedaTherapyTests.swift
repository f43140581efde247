import PluginKit
import Testing

@testable import AyurvedaTherapy

@Suite("Ayurveda therapy")
struct AyurvedaTherapyTests {
    let plugin = AyurvedaTherapyPlugin()

    private func visitType(_ name: String) throws -> VisitType {
        try #require(plugin.visitTypes(.init()).first { $0.name == name })
    }

    @Test("the declaration is sound")
    func soundness() { #expect(flaws(in: plugin) == []) }

    @Test("abhyanga takes two therapists, and the room longer than them")
    func abhyanga() throws {
        let needs = try visitType("abhyanga").needs
        #expect(needs.first?.kind == .practitioner([.panchakarmaTherapist]))
        #expect(needs.first?.count == 2)
        #expect(needs.last?.before == .minutes(10) && needs.last?.after == .minutes(20))
    }

    @Test("a patient rests before leaving, and may stop at any moment of a therapy")
    func resting() throws {
        let abhyanga = try visitType("abhyanga")
        let facts = VisitFacts(patientAge: 40, completedVisits: 0)
        #expect(throws: Refusal("This visit is not at a stage where that can be done.")) {
            try abhyanga.advance(Step.finish, from: Stage.inTherapy, as: .panchakarmaTherapist, facts)
        }
        for stage in [Stage.inTherapy, .resting] {
            let stopped = try abhyanga.advance(Step.stop, from: stage, as: .panchakarmaTherapist, facts)
            #expect(stopped.phase == .aborted)
        }
    }

    @Test("the last therapy of a course closes it", arguments: [(5, false), (6, true)])
    func lastTherapy(completed: Int, closes: Bool) throws {
        let facts = VisitFacts(patientAge: 40, completedVisits: completed, forms: [TherapyNote()])
        let done = try visitType("abhyanga").advance(
            Step.finish, from: Stage.resting, as: .panchakarmaTherapist, facts)
        #expect(done.consequences.contains(.closeEpisode) == closes)
    }

    @Test("the three doshas make a hundred", arguments: [(60, 25, 15, true), (50, 40, 11, false)])
    func doshas(vata: Int, pitta: Int, kapha: Int, isWell: Bool) {
        let note = try? ConstitutionNote(
            reading: [
                "vata": .integer(Int64(vata)), "pitta": .integer(Int64(pitta)),
                "kapha": .integer(Int64(kapha)),
            ])
        #expect((note != nil) == isWell)
    }

    @Test("a vaidya alone signs courses, and nobody burns or pierces until the centre says who")
    func permissions() throws {
        let permissions = AyurvedaTherapyPlugin.permissions
        let sign = try #require(permissions.first { $0.name == "ayurveda.course.sign" })
        #expect(sign.suggestions.map(\.role) == [.vaidya])
        let burn = try #require(permissions.first { $0.name == "ayurveda.parasurgical.perform" })
        #expect(burn.suggestions.isEmpty)
    }
}
