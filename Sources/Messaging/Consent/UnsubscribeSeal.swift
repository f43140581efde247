public import Crypto
public import Vocabulary

/// Makes the part of a link by which one click ends mails of a kind: nobody else can make it, nobody can read
/// it, and it is worth nothing at another clinic or after its time.
public struct UnsubscribeSeal: Sendable {
    /// How long a mail's link works.
    static let life = Duration.seconds(180 * 86_400)
    /// Longer texts are none of ours.
    private static let tokenBytesMax = 200

    /// Whose messages of which kind end.
    public struct Wish: Sendable, Hashable {
        /// The recipient of the mail.
        public let recipient: UniqueID
        /// What they want no more of.
        public let choice: MessageConsent.Choice
    }

    private let key: SealingKey

    /// Links under a key of this purpose.
    public init(under secret: Secret) { key = secret.sealingKey(for: "unsubscribe links") }

    func token(for wish: Wish, of tenant: TenantID, at now: Instant) -> String {
        let end = (now + Self.life).seconds
        let words = [
            wish.recipient.uuidText, wish.choice.channel.rawValue, wish.choice.category.rawValue, "\(end)",
        ].joined(separator: " ")
        let box = key.seal(Array(words.utf8), context: Self.context(tenant))
        return Base64URL.text(of: box)
    }

    /// Nil for a token that is another clinic's, is over, or was never one.
    public func open(_ token: String, of tenant: TenantID, at now: Instant) -> Wish? {
        guard token.utf8.count <= Self.tokenBytesMax, let box = Base64URL.decode(token.utf8),
            let plain = key.open(box, context: Self.context(tenant))
        else { return nil }
        let words = String(decoding: plain, as: UTF8.self).split(separator: " ")
        guard words.count == 4, let recipient = UniqueID(uuidText: words[0]),
            let channel = MessageChannel(rawValue: String(words[1])),
            let category = MessageCategory(rawValue: String(words[2])), let end = Int64(words[3]),
            now.seconds < end
        else { return nil }
        return Wish(recipient: recipient, choice: MessageConsent.Choice(channel, category))
    }

    private static func context(_ tenant: TenantID) -> [UInt8] { Array("unsubscribe \(tenant.number)".utf8) }
}
