import Crypto
import Identity
import SignIn
import Vocabulary

/// What is made of the installation's secret: a key for each purpose, none of which the database knows.
struct CredentialKeys: Sendable {
    private let naming: [UInt8]
    private let recovery: [UInt8]
    private let ceremonies: [UInt8]
    private let sealing: SealingKey
    private let links: [UInt8]

    init(under secret: Secret) {
        naming = secret.key(for: "counts of wrong guesses")
        recovery = secret.key(for: "recovery codes")
        ceremonies = secret.key(for: "challenges to authenticators")
        links = secret.key(for: "links that open something once")
        sealing = secret.sealingKey(for: "secrets of authenticator apps")
    }

    /// The key under which guesses at somebody, or from somewhere, are counted.
    func guesses(at subject: String, _ bytes: [UInt8], in tenant: TenantID) -> [UInt8] {
        HMAC.sha256(of: Array("\(tenant.number) \(subject) ".utf8) + bytes, key: naming)
    }

    func digest(of code: RecoveryCode, for person: ID<StaffMember>, in tenant: TenantID) -> [UInt8] {
        code.digest(under: recovery, of: Array("\(tenant.number) \(person) ".utf8))
    }

    /// What a message carries by which a new password is chosen.
    func token(of link: UniqueID, in tenant: TenantID) -> String {
        KeyedToken(link).text(for: "password reset \(tenant.number)", under: links)
    }

    /// The row that a token opens; nil where this clinic has not made it.
    func link(_ token: String, in tenant: TenantID) -> UniqueID? {
        KeyedToken(text: token, for: "password reset \(tenant.number)", under: links)?.id
    }

    /// What an authenticator is asked to sign: 32 bytes in base64url.
    func challenge(of ceremony: ID<Ceremony>, in tenant: TenantID) -> String {
        let bytes = HMAC.sha256(of: Array("\(tenant.number) \(ceremony)".utf8), key: ceremonies)
        return Base64URL.text(of: bytes)
    }

    func seal(_ code: TimeCode, of person: ID<StaffMember>, in tenant: TenantID) -> [UInt8] {
        sealing.seal(code.secret, context: Self.context(person, tenant))
    }

    /// Nil when the box is another's, or was sealed under another installation's secret.
    func open(_ box: [UInt8], of person: ID<StaffMember>, in tenant: TenantID) -> TimeCode? {
        sealing.open(box, context: Self.context(person, tenant)).map(TimeCode.init(secret:))
    }

    private static func context(_ person: ID<StaffMember>, _ tenant: TenantID) -> [UInt8] {
        Array("time code \(tenant.number) \(person)".utf8)
    }
}
