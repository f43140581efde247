public import Vocabulary

/// A program of somebody else's that people of the clinic may sign in to.
public struct TrustedProgram: Identified, Sendable {
    /// `oac_…`, which is the program's `client_id`.
    public static let idPrefix: StaticString = "oac"
    /// How many a clinic may have.
    static let most = 50

    /// Names the program.
    public let id: ID<TrustedProgram>
    /// What people are told it is called.
    public let name: String
    /// Where codes may be sent, letter for letter.
    public let redirects: [String]
    /// The most it may be let know.
    public let scopes: [OpenIDScope]
    /// Where people may be sent back to who have signed out, letter for letter.
    public let signOutRedirects: [String]
    /// What its ID tokens are signed by.
    public let algorithm: TokenAlgorithm
    /// Whether it runs where a secret stays one.
    public let keepsSecret: Bool
    /// Counts the changes.
    public let version: Int32
    /// Since when it is trusted.
    public let createdAt: Instant
}
