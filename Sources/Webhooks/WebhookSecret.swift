import Crypto
import Vocabulary

/// What the deliveries of one webhook are signed with, as Standard Webhooks has it.
struct WebhookSecret: Sendable, Equatable {
    /// How long a replaced secret signs beside the new one.
    static let grace = Duration.seconds(86_400)

    let bytes: [UInt8]

    /// 32 bytes that nobody can predict.
    static func random() -> WebhookSecret { WebhookSecret(bytes: RandomBytes.make(32)) }

    /// `whsec_` and base64.
    var text: String { "whsec_" + Base64.text(of: bytes) }

    /// `v1,` and base64: over the delivery's id, the moment in whole seconds, and the body, parted by dots.
    func signature(of body: [UInt8], id: String, at moment: Instant) -> String {
        let signed = Array("\(id).\(moment.seconds).".utf8) + body
        return "v1," + Base64.text(of: HMAC.sha256(of: signed, key: bytes))
    }
}

/// Keeps secrets sealed: a box opens for its clinic and its webhook alone.
struct WebhookSeal: Sendable {
    private let key: SealingKey

    init(under secret: Secret) { key = secret.sealingKey(for: "webhook secrets") }

    func seal(_ secret: WebhookSecret, of id: ID<Webhook>, for tenant: TenantID) -> [UInt8] {
        key.seal(secret.bytes, context: Self.context(id, tenant))
    }

    /// Nil when the box is another's, or was sealed under another installation's secret.
    func open(_ box: [UInt8], of id: ID<Webhook>, for tenant: TenantID) -> WebhookSecret? {
        key.open(box, context: Self.context(id, tenant)).map(WebhookSecret.init(bytes:))
    }

    private static func context(_ id: ID<Webhook>, _ tenant: TenantID) -> [UInt8] {
        Array("webhook \(tenant.number) \(id.text)".utf8)
    }
}
