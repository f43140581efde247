public import Credentials
public import Crypto
public import Identity
public import SignIn
public import Vocabulary

/// What the room works with: keys of its own, the house's ways to sign in, and the issuers that clinics
/// trust.
public struct FederationParts: Sendable {
    let keys: FederationKeys
    let signIn: SignInParts
    let credentials: CredentialParts
    let issuers: IssuerShelf
    private let programKeys: ProgramKeys
    private let address: @Sendable (Slug) -> String

    /// `address` gives the beginning of a clinic's URLs, without a slash at its end: the name by which the
    /// clinic is known as an issuer.
    public init(
        under secret: Secret, at address: @escaping @Sendable (Slug) -> String, for signIn: SignInParts,
        _ credentials: CredentialParts, asking issuers: IssuerShelf, signingBy programKeys: ProgramKeys
    ) {
        (keys, self.programKeys) = (FederationKeys(under: secret), programKeys)
        (self.signIn, self.credentials, self.issuers, self.address) = (signIn, credentials, issuers, address)
    }

    /// What signs by that algorithm now.
    func signer(_ algorithm: TokenAlgorithm) async throws -> TokenSigner {
        switch algorithm {
        case .edDSA: .edDSA(try await signIn.issuingKey())
        case .rs256: .rs256(try await programKeys.current())
        }
    }

    /// The clinic as an issuer: the same on whatever host of its own it was asked.
    func issuer(_ slug: Slug) -> String { address(slug) }
}
