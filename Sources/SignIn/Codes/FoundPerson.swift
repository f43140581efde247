import Identity
import Vocabulary

/// Somebody of the clinic who can be reached by an identifier.
struct FoundPerson: Sendable {
    let person: Person
    let name: String
    /// In which they want to be written to, where they have said it.
    let language: Language?
}
