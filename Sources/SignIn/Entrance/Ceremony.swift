public import Identity
public import Vocabulary

/// A question that was put to somebody and waits for its one answer.
public struct Ceremony: Identified, Sendable {
    /// `cer_…`
    public static let idPrefix: StaticString = "cer"
    /// How long an answer may take.
    public static let lifetime = Duration.seconds(300)
    /// So many answers are judged.
    static let guessesMax = 5

    /// What is asked.
    public enum Purpose: String, CaseIterable, Sendable {
        /// To make a passkey.
        case registration = "passkey-registration"
        /// To use one.
        case signIn = "passkey-sign-in"
        /// To add something to what was proven already.
        case secondFactor = "second-factor"
    }

    /// Which question.
    public let id: ID<Ceremony>
    /// What was asked.
    public let purpose: Purpose
    /// Who was asked; nil where that is what the answer says.
    public let person: Person?
    /// By what they have proven already who they are, where more is asked.
    public let method: Session.Method?

    /// A question as it is put.
    public init(_ purpose: Purpose, to person: Person?, after method: Session.Method? = nil, at now: Instant)
    {
        (id, self.purpose, self.person, self.method) = (.random(at: now), purpose, person, method)
    }
}
