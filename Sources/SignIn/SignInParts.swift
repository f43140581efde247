public import Crypto
public import Database
public import Identity
public import Messaging
import Tenancy
public import Vocabulary

/// What signing in works with: the keys of codes and tokens, and the way to people's telephones.
public struct SignInParts: Sendable {
    let codes: CodeKeys
    let refreshing: [UInt8]
    let devices: [UInt8]
    /// What asks for messages.
    public let messages: MessageQueue
    /// By which they go.
    public let gateways: MessageGateways
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
        devices = secret.key(for: "devices that are known")
        refreshing = secret.key(for: "refresh tokens")
        signing = SigningKeys(in: database, under: secret)
    }

    /// The key that signs now; asked for before anything is promised that needs it.
    public func issuingKey() async throws -> IssuingKey {
        do { return try await signing.current() } catch SigningKeys.Fault.none {
            return try await signing.currentOrFirst()
        }
    }

    /// Both tokens of a sign-in, as they are now.
    func tokens(
        of session: ID<Session>, _ person: Person, generation: Int32, until end: Instant, at tenant: Tenant,
        now: Instant, signedBy key: IssuingKey
    ) -> SignedIn {
        // No token outlives what it is of.
        let lifetime = min(Self.accessLifetime, end - now)
        let access = AccessToken(
            id: .random(at: now), tenant: tenant.publicID, person: person, session: session, issuedAt: now,
            lifetime: lifetime)
        let refresh = RefreshToken(session: session, generation: generation)
        return SignedIn(
            person: person, session: session, device: deviceToken(of: person, at: tenant.id, now),
            accessToken: access.text(issuer: issuer, signedBy: key),
            refreshToken: refresh.text(at: tenant.id, under: refreshing), accessLifetime: lifetime,
            refreshLifetime: end - now)
    }

    private func deviceToken(of person: Person, at tenant: TenantID, _ now: Instant) -> String {
        KeyedToken(.random(at: now)).text(for: Self.device(of: person, at: tenant), under: devices)
    }

    /// The device on which that person has signed in before; nil where it is another's, or made up.
    public func device(_ text: String, of person: Person, at tenant: TenantID) -> UniqueID? {
        KeyedToken(text: text, for: Self.device(of: person, at: tenant), under: devices)?.id
    }

    private static func device(of person: Person, at tenant: TenantID) -> String {
        "device \(tenant.number) \(person)"
    }
}
