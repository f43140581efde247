public import Credentials
public import Crypto
public import SignIn
public import Vocabulary

/// What the room works with: keys of its own, the house's ways to sign in, and the issuers that clinics
/// trust.
public struct FederationParts: Sendable {
    let keys: FederationKeys
    let signIn: SignInParts
    let credentials: CredentialParts
    let issuers: IssuerShelf
    private let address: @Sendable (Slug) -> String

    /// `address` gives the beginning of a clinic's URLs, without a slash at its end: the name by which the
    /// clinic is known as an issuer.
    public init(
        under secret: Secret, at address: @escaping @Sendable (Slug) -> String, for signIn: SignInParts,
        _ credentials: CredentialParts, asking issuers: IssuerShelf
    ) {
        keys = FederationKeys(under: secret)
        (self.signIn, self.credentials, self.issuers, self.address) = (signIn, credentials, issuers, address)
    }

    /// The clinic as an issuer: the same on whatever host of its own it was asked.
    func issuer(_ slug: Slug) -> String { address(slug) }
}
