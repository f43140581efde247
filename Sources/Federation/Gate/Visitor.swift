import Identity
import Vocabulary

/// Somebody whose sign-in the gate knows.
struct Visitor: Sendable {
    let session: ID<Session>
    let person: Person
    let method: Session.Method
    /// When they last proved who they are.
    let provenAt: Instant
    let signedInAt: Instant
    /// When the sign-in ends by itself.
    let until: Instant
    let name: String
}
