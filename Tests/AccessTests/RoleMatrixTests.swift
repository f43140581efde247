import Testing
import Vocabulary

@testable import Access

@Suite("Role matrix: what is not written is denied")
struct RoleMatrixTests {
    private func words(_ role: Role, _ action: Action, _ subject: Subject) -> [Right] {
        RoleMatrix.rights(of: role, to: Permission(action, subject))
    }

    @Test("the matrix can be read and has a row for each role")
    func whole() {
        let (rows, flaws) = RoleMatrix.read(RoleMatrix.table)
        #expect(flaws.isEmpty)
        #expect(Set(rows.keys) == Set(Role.allCases))
        #expect(RoleMatrix.columns.count == Subject.allCases.count)
        #expect(Set(RoleMatrix.columns) == Set(Subject.allCases))
    }

    static let written: [(Role, Action, Subject, Reach, Limits)] = [
        (Role.receptionist, Action.create, Subject.appointments, Reach.location, Limits()),
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
        let (role, action, subject, reach, limits) = Self.written[index]
        let rights = words(role, action, subject)
        #expect(rights.count == 1)
        #expect(rights.first?.reach == reach)
        #expect(rights.first?.limits == limits)
    }

    static let unwritten: [(Role, Action, Subject)] = [
        (Role.admin, Action.create, Subject.appointments), (.admin, .read, .clinicalNotes),
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
        let (role, action, subject) = Self.unwritten[index]
        #expect(words(role, action, subject).isEmpty)
    }

    @Test("nobody may change or remove an audit line")
    func auditIsReadOnly() {
        for role in Role.allCases {
            for action in Action.allCases where action != .read {
                #expect(words(role, action, .audit).isEmpty, "\(role)")
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
                for action in Action.allCases {
                    #expect(words(role, action, subject).allSatisfy { $0.limits.contains(.duringSupport) })
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
        let row = "receptionist \(cell)" + String(repeating: " -", count: 15)
        let (rows, flaws) = RoleMatrix.read("role\n" + row)
        let isEmpty = rows[.receptionist]?.allSatisfy(\.isEmpty) ?? true
        #expect(!flaws.isEmpty || cell.contains("+"))
        #expect(isEmpty || cell.contains("+"))
    }

    @Test("a short row, a row twice and a role that is none are flaws")
    func badRows() {
        let good = "receptionist" + String(repeating: " -", count: 16)
        #expect(RoleMatrix.read("role\n" + good).flaws.isEmpty)
        #expect(RoleMatrix.read("role\n" + good + "\n" + good).flaws.count == 1)
        #expect(RoleMatrix.read("role\n" + good.dropLast(2)).flaws.count == 1)
        #expect(RoleMatrix.read("role\ncleaner" + String(repeating: " -", count: 16)).flaws.count == 1)
    }

    @Test("every permission has a place of its own and a name")
    func permissions() {
        let all = Subject.allCases.flatMap { subject in Action.allCases.map { Permission($0, subject) } }
        #expect(Set(all.map(\.index)) == Set(0..<Permission.count))
        #expect(Set(all.map(\.name)).count == Permission.count)
        #expect(Permission(.create, .clinicalNotes).name == "clinical_notes.create")
    }
}
