import Identity
import Vocabulary

/// What the row of a sign-in says after one of its refresh tokens came back.
struct Rotation: Sendable {
    /// How long the token before the latest one still gets the latest: for whoever asks twice at once, or
    /// never heard the first answer.
    static let grace = Duration.seconds(30)
    /// How long a sign-in lasts that nobody refreshes, and how long at most.
    static let (idleMax, lifetimeMax) = (Duration.seconds(30 * 86_400), Duration.seconds(180 * 86_400))

    let person: Person
    /// The number of the latest token.
    let generation: Int32
    let expiresAt: Instant
    /// Whether the token was a copy of one that had been used: then nothing of the sign-in counts any more.
    let isReuse: Bool
}
