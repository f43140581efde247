public import Crypto
public import Database
import Identity
public import Messaging
import Tenancy
import Vocabulary

/// What signing in works with: the keys of codes and tokens, and the way to people's telephones.
public struct SignInParts: Sendable {
    let codes: CodeKeys
    let refreshing: [UInt8]
    let messages: MessageQueue
    let gateways: MessageGateways
    private let signing: SigningKeys
    private let issuer: String

    /// How long an access token proves who is calling.
    static let accessLifetime = Duration.seconds(600)

    /// Tokens of this issuer, codes by these gateways.
    public init(
        issuer: String, under secret: Secret, in database: Database, by messages: MessageQueue,
        _ gateways: MessageGateways
    ) {
        (self.issuer, self.messages, self.gateways) = (issuer, messages, gateways)
        codes = CodeKeys(under: secret)
        refreshing = secret.key(for: "refresh tokens")
        signing = SigningKeys(in: database, under: secret)
    }

    /// The key that signs now; asked for before anything is promised that needs it.
    func issuingKey() async throws -> IssuingKey {
        do { return try await signing.current() } catch SigningKeys.Fault.none {
            return try await signing.currentOrFirst()
        }
    }

    /// Both tokens of a sign-in, as they are now.
    func tokens(
        of session: ID<Session>, _ person: Person, generation: Int32, until end: Instant, at tenant: Tenant,
        now: Instant, signedBy key: IssuingKey
    ) -> SignedIn {
        let access = AccessToken(
            id: .random(at: now), tenant: tenant.publicID, person: person, session: session, issuedAt: now,
            lifetime: Self.accessLifetime)
        let refresh = RefreshToken(session: session, generation: generation)
        return SignedIn(
            person: person, session: session, accessToken: access.text(issuer: issuer, signedBy: key),
            refreshToken: refresh.text(at: tenant.id, under: refreshing), accessLifetime: Self.accessLifetime,
            refreshLifetime: end - now)
    }
}
