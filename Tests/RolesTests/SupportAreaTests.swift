import Testing
import Vocabulary

@testable import Roles

@Suite("What a support grant allows")
struct SupportAreaTests {
    private func all(_ table: RightTable) -> [(permission: Permission, right: Right)] {
        table.all(with: [])
    }

    private func names(_ table: RightTable) -> [String] { all(table).map(\.permission.name) }

    private func changing(_ table: RightTable) -> [(permission: Permission, right: Right)] {
        all(table).filter { !$0.permission.name.hasSuffix(".read") }
    }

    private static let always = ["tenants.read", "staff.read", "reports.read"]

    @Test("without an area it is metadata of the platform, and nothing of the clinic")
    func nothing() {
        let table = RightTable.support(in: [], mayWrite: true)
        #expect(Set(names(table)) == Set(Self.always))
        #expect(all(table).allSatisfy { $0.right.reach == .platform && $0.right.limits == .metadataOnly })
    }

    @Test("each area opens what it names to be read, and nothing beside it", arguments: SupportArea.allCases)
    func one(_ area: SupportArea) {
        let table = RightTable.support(in: [area], mayWrite: false)
        #expect(Set(names(table)) == Set(Self.always + [area.rawValue + ".read"]))
        #expect(all(table).allSatisfy { !$0.right.limits.contains(.duringSupport) })
    }

    @Test("of appointments, the queue and the trail it shows metadata alone")
    func metadata() {
        let table = RightTable.support(in: SupportArea.allCases, mayWrite: true)
        for subject in [Subject.appointments, .queue, .audit] {
            #expect(table[Permission(.read, subject)].map(\.limits) == [.metadataOnly], "\(subject)")
        }
    }

    @Test("who may write changes what they see whole, and only where the act says that it is for support")
    func writing() {
        let table = RightTable.support(in: SupportArea.allCases, mayWrite: true)
        #expect(
            Set(changing(table).map(\.permission.name)) == ["configuration.update", "schedule.update"])
        #expect(changing(table).allSatisfy { $0.right == Right(.tenant, .duringSupport) })
        let narrow = RightTable.support(in: [.schedule, .appointments], mayWrite: true)
        #expect(
            changing(narrow).map(\.permission.name) == ["schedule.update"])
    }

    @Test("every area is what the matrix gives during support alone, and all of that is an area")
    func whole() {
        let table = RoleMatrix.table(of: .support)
        let starred = all(table).filter { $0.right.limits.contains(.duringSupport) }
        #expect(Set(starred.map(\.permission.subjectName)) == Set(SupportArea.allCases.map(\.rawValue)))
    }
}
