public import Vocabulary

/// A house whose word on who somebody is the clinic takes: its own OpenID provider.
public struct TrustedIssuer: Identified, Sendable {
    /// `oip_…`
    public static let idPrefix: StaticString = "oip"
    /// How many a clinic may have.
    static let most = 10

    /// Names the issuer here.
    public let id: ID<TrustedIssuer>
    /// What people are told it is called.
    public let name: String
    /// What it calls itself: `https://…`.
    public let issuer: String
    /// What it calls the clinic: the `client_id` there.
    public let registeredAs: String
    /// Whether the clinic has a secret there.
    public let keepsSecret: Bool
    /// Whose mail addresses are believed.
    public let domains: [String]
    /// Whether its word on a second factor is taken.
    public let coversSecondFactor: Bool
    /// Whether anybody comes in by it.
    public let enabled: Bool
    /// Counts the changes.
    public let version: Int32
    /// Since when it is trusted.
    public let createdAt: Instant

    /// Whether a mail address, in its normal form, is of one of the domains: not of one below them.
    func believes(_ email: String) -> Bool {
        guard let at = email.lastIndex(of: "@") else { return false }
        return domains.contains(String(email[email.index(after: at)...]))
    }
}
