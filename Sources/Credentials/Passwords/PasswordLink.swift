import Vocabulary

/// A link by which a staff member chooses a new password, once.
struct PasswordLink: Sendable {
    /// How long it is good.
    static let lifetime = Duration.seconds(30 * 60)
}
