public import Shapes
public import Vocabulary

extension Patient: Output {
    /// What a caller sees of a patient.
    public static let shape = OutputShape<Patient> {
        Out("id", "The patient.") { $0.id }
        Out("name", "As they want to be called.", example: "Asha Iyer", part: "identity") { $0.name }
        Out("birth_date", "Tells people of one name apart.", part: "identity") { $0.birthDate }
        Out("phone", "In E.164.", example: "+919876543210", part: "phone") { $0.phone }
        Out("email", "In lower case.", part: "mail") { $0.email }
        Out("language", "The language in which they want to be written to.", part: "language") { $0.language }
        Out("version", "Counts the changes; the ETag is made of it.", example: 1) { $0.version }
        Out("created_at", "When they became a patient here.") { $0.createdAt }
    }

    /// A patient's row has revisions.
    public static var isVersioned: Bool { true }

    /// The version.
    public var revision: String? { "\(version)" }

    /// Where a patient can be read.
    public static func path(of id: ID<Patient>) -> String { "/v1/patients/\(id.text)" }
}
