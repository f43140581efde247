/// A no, said to a person: why this may not happen now.
public struct Refusal: Error, Hashable, Sendable, ExpressibleByStringInterpolation {
    /// One sentence, for the person at the desk.
    public let reason: String

    /// The refusal with this sentence.
    public init(stringLiteral reason: String) { self.reason = reason }

    /// The refusal with this sentence.
    public init(_ reason: String) { self.reason = reason }
}
