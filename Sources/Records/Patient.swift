public import Vocabulary

/// The person treated, as one clinic knows them. Another clinic that treats the same person has a row of its
/// own.
public struct Patient: Identified, Sendable {
    /// `pat_…`
    public static let idPrefix: StaticString = "pat"

    /// Also the id of the resource that appointments take: nobody is at two visits at once.
    public let id: ID<Patient>
    /// As they want to be called.
    public let name: String
    /// Tells people of one name apart.
    public let birthDate: Day
    /// In E.164, as it is dialled from anywhere.
    public let phone: String?
    /// In lower case.
    public let email: String?
    /// The language in which they want to be written to.
    public let language: Language
    /// Counts the changes of the row.
    public let version: Int32
    /// When they became a patient here.
    public let createdAt: Instant

    /// A patient as stored or about to be.
    public init(
        id: ID<Patient>, name: String, birthDate: Day, phone: String?, email: String?, language: Language,
        version: Int32 = 1, createdAt: Instant
    ) {
        (self.id, self.name, self.birthDate) = (id, name, birthDate)
        (self.phone, self.email, self.language) = (phone, email, language)
        (self.version, self.createdAt) = (version, createdAt)
    }
}

/// A place in the order of a clinic's patients by name.
struct PatientPlace {
    let name: String
    let id: ID<Patient>
}
