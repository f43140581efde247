public import Access
public import Shapes
public import Vocabulary

/// A pattern as it is kept: a day's, of one kind, from one origin.
public struct SeenPattern: Output {
    /// Names it.
    public let id: ID<SecurityEvent>
    let kind: String
    let isSevere: Bool
    let address: String?
    let person: UniqueID?
    let count: Int64
    let firstAt: Instant
    let lastAt: Instant

    /// The answer's members.
    public static let shape = OutputShape<SeenPattern> {
        Out("id", "The event.") { $0.id }
        Out("kind", "Which pattern.", example: "many_identifiers") { $0.kind }
        Out("severe", "Whether somebody should look at it today.") { $0.isSevere }
        Out("address", "From where; null where it came from many places.", example: "203.0.113.7") {
            $0.address
        }
        Out("person", "Who it concerns, where that is known: the id of a staff member or patient.") {
            $0.person
        }
        Out("count", "How often it was seen that day.", example: 12) { $0.count }
        Out("first_at", "When first.") { $0.firstAt }
        Out("last_at", "When last.") { $0.lastAt }
    }
}
