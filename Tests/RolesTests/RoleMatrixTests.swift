import Testing
import Vocabulary

@testable import Roles

@Suite("Role matrix: what is not written is denied")
struct RoleMatrixTests {
    private func words(_ role: Role, _ deed: Deed, _ subject: Subject) -> [Right] {
        RoleMatrix.table(of: role)[Permission(deed, subject)]
    }

    @Test("each half of the matrix can be read and has a row for each role", arguments: [0, 1])
    func whole(half: Int) {
        let (rights, flaws) = [RoleMatrix.running, .caring][half].read()
        #expect(flaws.isEmpty)
        #expect(Set(rights.keys) == Set(Role.allCases))
    }

    @Test("every subject stands in one half")
    func columns() {
        let columns = RoleMatrix.running.columns + RoleMatrix.caring.columns
        #expect(columns.count == Subject.allCases.count)
        #expect(Set(columns) == Set(Subject.allCases))
    }

    static let written: [(Role, Deed, Subject, Reach, Limits)] = [
        (Role.receptionist, Deed.create, Subject.appointments, Reach.location, Limits()),
        (.receptionist, .void, .appointments, .location, []),
        (.admin, .read, .appointments, .tenant, []),
        (.physician, .create, .appointments, [.assigned, .location], []),
        (.physician, .approve, .prescriptions, .assigned, []),
        (.vaidya, .approve, .prescriptions, .assigned, .part),
        (.callCentre, .create, .demographics, .tenant, []),
        (.callCentre, .read, .demographics, .tenant, .part),
        (.support, .read, .appointments, .tenant, [.metadataOnly, .duringSupport]),
        (.owner, .approve, .refunds, .organisation, []),
        (.analyst, .read, .appointments, .organisation, .deidentified),
        (.pharmacist, .void, .stock, .location, []),
        (.auditor, .read, .audit, .tenant, []),
        (.patient, .void, .appointments, .own, []),
        (.guardian, .read, .clinicalNotes, .ward, .part),
    ]

    @Test("cells say what the specification says", arguments: written.indices)
    func cells(index: Int) {
        let (role, deed, subject, reach, limits) = Self.written[index]
        let rights = words(role, deed, subject)
        #expect(rights.count == 1)
        #expect(rights.first?.reach == reach)
        #expect(rights.first?.limits == limits)
    }

    static let unwritten: [(Role, Deed, Subject)] = [
        (Role.admin, Deed.create, Subject.appointments), (.admin, .read, .clinicalNotes),
        (.receptionist, .read, .clinicalNotes), (.receptionist, .approve, .refunds),
        (.physician, .void, .appointments),
        (.accountant, .read, .clinicalNotes), (.superAdmin, .read, .appointments),
        (.superAdmin, .read, .demographics),
        (.owner, .read, .demographics), (.labTechnician, .approve, .laboratory),
        (.nurse, .create, .appointments),
        (.display, .read, .demographics), (.integration, .read, .appointments),
        (.kiosk, .read, .appointments),
    ]

    @Test("what the specification leaves out is denied", arguments: unwritten.indices)
    func denied(index: Int) {
        let (role, deed, subject) = Self.unwritten[index]
        #expect(words(role, deed, subject).isEmpty)
    }

    @Test("nobody may change or remove an audit line")
    func auditIsReadOnly() {
        for role in Role.allCases {
            for deed in Deed.allCases where deed != .read {
                #expect(words(role, deed, .audit).isEmpty, "\(role)")
            }
        }
    }

    @Test("no role of the platform sees a patient without a support session")
    func platform() {
        for role in [Role.superAdmin, .support, .security] {
            for subject in [
                Subject.appointments, .demographics, .clinicalNotes, .specialtyNotes, .prescriptions,
                .laboratory,
            ] {
                for deed in Deed.allCases {
                    #expect(words(role, deed, subject).allSatisfy { $0.limits.contains(.duringSupport) })
                }
            }
        }
    }

    @Test("a request and its approval are never one role's: refunds")
    func separation() {
        for role in Role.allCases {
            #expect(
                words(role, .create, .refunds).isEmpty || words(role, .approve, .refunds).isEmpty, "\(role)")
        }
    }

    @Test(
        "a line that cannot be read is a flaw and grants nothing",
        arguments: ["CRZ:t", "CR", ":t", "CR:", "CR:y", "CR:m", "CR:t:l", "R:t+", "+R:t"])
    func unreadable(cell: String) {
        let rows = "role billing\nreceptionist \(cell)"
        let (rights, flaws) = RoleMatrix(columns: [.billing], rows: rows).read()
        #expect(flaws.count == 1)
        let given = rights[.receptionist].map { Array($0.joined()) }
        #expect(given?.allSatisfy { $0.reach == .tenant && cell.contains("+") } == true)
    }

    @Test("a short row, a row twice and a role that is none are flaws")
    func badRows() {
        func flaws(_ rows: String) -> Int {
            RoleMatrix(columns: [.billing], rows: "role billing\n" + rows).read().flaws.count
        }
        #expect(flaws("receptionist R:l") == 0)
        #expect(flaws("receptionist R:l\nreceptionist R:t") == 1)
        #expect(flaws("receptionist") == 1)
        #expect(flaws("receptionist R:l R:l") == 1)
        #expect(flaws("cleaner R:l") == 1)
    }

    @Test("every permission has a place of its own and a name")
    func permissions() {
        let all = Subject.allCases.flatMap { subject in Deed.allCases.map { Permission($0, subject) } }
        #expect(all.compactMap(\.index).sorted() == Array(0..<Permission.count))
        #expect(Set(all.map(\.name)).count == Permission.count)
        #expect(Permission(.create, .clinicalNotes).name == "clinical_notes.create")
    }
}
