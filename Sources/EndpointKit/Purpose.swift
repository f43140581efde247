public import Shapes

/// What for somebody looks at or changes what is kept of a patient: what a caller says in `Purpose-Of-Use`,
/// and what the audit trail keeps of it.
public enum Purpose: String, Hashable, Sendable, CaseIterable {
    case treatment
    case payment
    case operations
    case patientRequest = "patient_request"
    case emergency
    case support

    /// The field in which it is said.
    public static let field = "Purpose-Of-Use"

    /// What a request says; nil where it says nothing. What is no purpose is a complaint.
    public init?(field text: String?) throws(Problem) {
        guard let text else { return nil }
        guard let purpose = Purpose(rawValue: text) else {
            throw .invalidInput([
                Complaint(
                    pointer: "/header/purpose-of-use", code: "unknown_value",
                    detail: "must be one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
            ])
        }
        self = purpose
    }
}

extension Purpose: WireValue {}
