public import Crypto
import Vocabulary

/// The day after a patient's own words by WhatsApp, in which Meta lets a clinic answer in words of its own;
/// outside of it only sentences that Meta has approved arrive.
public struct AnswerWindow: Sendable {
    private static let length = Duration.seconds(86_400)
    private let key: [UInt8]

    /// Numbers are kept as digests under a key of this purpose.
    public init(under secret: Secret) { key = secret.key(for: "whatsapp contacts") }

    /// Whether words of the clinic's own still arrive at `now`.
    static func isOpen(since inbound: Instant?, at now: Instant) -> Bool {
        inbound.map { now < $0 + length } ?? false
    }

    /// By what a number is known: bound to its clinic, so that two clinics' rows cannot be matched.
    func digest(of address: String, in tenant: TenantID) -> [UInt8] {
        HMAC.sha256(of: Array("\(tenant.number) \(address)".utf8), key: key)
    }
}
