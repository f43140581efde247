/// What the core carries out for a plugin, in the transaction that stores the move.
///
/// Closed on purpose: a new kind of consequence is a decision about the core.
public enum Consequence: Hashable, Sendable {
    /// So many of a priced thing.
    case charge(ChargeCode, times: Int)
    /// Something rendered for the patient to keep.
    case issue(document: String)
    /// A message so long from now.
    case remind(template: String, after: Duration)
    /// A course of care begins.
    case openEpisode(plannedVisits: Int)
    /// A course of care is over.
    case closeEpisode
}

/// A line of the clinic's price list.
public struct ChargeCode: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The code.
    public let text: String

    /// The line of this code.
    public init(stringLiteral text: String) { self.text = text }
}
