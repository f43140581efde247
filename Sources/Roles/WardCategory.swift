public import Shapes
import Vocabulary

/// For what somebody can answer for a patient. What is left out stays between the patient and the clinic,
/// such as an adolescent's notes.
public enum WardCategory: String, CaseIterable, WireValue, Sendable {
    /// Who they are, and who has looked at their record.
    case identity
    case appointments
    case clinical
    case prescriptions
    case laboratory
    case billing

    var subjects: Set<Subject> {
        switch self {
        case .identity: [.demographics, .audit]
        case .appointments: [.appointments, .schedule, .queue]
        case .clinical: [.clinicalNotes, .specialtyNotes]
        case .prescriptions: [.prescriptions]
        case .laboratory: [.laboratory]
        case .billing: [.billing, .refunds]
        }
    }
}

extension RightTable {
    /// What a guardian may do for one ward: of the matrix what the categories are about, and of that only to
    /// look while guardians do not agree.
    public static func guardian(for categories: [WardCategory], isContested: Bool) -> RightTable {
        let subjects = categories.reduce(into: Set<Subject>()) { $0.formUnion($1.subjects) }
        let whole = RoleMatrix.table(of: .guardian)
        return RightTable(
            Subject.allCases.flatMap { subject in
                Deed.allCases.map { deed in
                    let isOnlyToLook = isContested && deed != .read
                    return subjects.contains(subject) && !isOnlyToLook ? whole[Permission(deed, subject)] : []
                }
            })
    }
}
