import Vocabulary

/// What one sign-in has given to one program: all its tokens belong to it, and what ends it ends them.
struct ProgramSignIn: Identified, Sendable {
    static let idPrefix: StaticString = "pgs"
    /// Why it is over before its sign-in is.
    enum Ending: String, CaseIterable, Sendable {
        /// The program gave it back.
        case revoked
        /// A refresh token that had been used before came again.
        case reused
        /// The code that it came from was used a second time.
        case codeUsedTwice = "code-used-twice"
    }

    /// How long the refresh token before the latest one still gets the latest: for whoever asks twice at
    /// once.
    static let grace = Duration.seconds(30)
    /// How long an access token opens what the person has let the program know.
    static let accessLifetime = Duration.seconds(600)

    let id: ID<ProgramSignIn>
    let scopes: [OpenIDScope]
    let generation: Int32
    let expiresAt: Instant
    /// Whether the token was a copy of one that had been used: then nothing counts any more.
    let isReuse: Bool
}
