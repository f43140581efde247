public import Credentials
public import Crypto
public import Messaging
import SignIn
import Vocabulary

/// What invitations work with: the key of their links, and the way to people's mailboxes.
public struct InvitationParts: Sendable {
    let keys: InvitationKeys
    let credentials: CredentialParts
    let messages: MessageQueue
    let gateways: MessageGateways

    /// Under this installation's secret; messages by this queue and these gateways.
    public init(
        under secret: Secret, by messages: MessageQueue, _ gateways: MessageGateways,
        for credentials: CredentialParts
    ) {
        keys = InvitationKeys(under: secret)
        (self.messages, self.gateways, self.credentials) = (messages, gateways, credentials)
    }
}

/// What links are made of: a key that the database does not know.
struct InvitationKeys: Sendable {
    private let key: [UInt8]

    init(under secret: Secret) { key = secret.key(for: "links of invitations") }

    /// What the link of a row carries, at this clinic alone.
    func token(of link: UniqueID, in tenant: TenantID) -> String {
        KeyedToken(link).text(for: "invitation \(tenant.number)", under: key)
    }

    /// The row's link; nil where this clinic has not made it.
    func link(_ token: String, in tenant: TenantID) -> UniqueID? {
        KeyedToken(text: token, for: "invitation \(tenant.number)", under: key)?.id
    }
}
