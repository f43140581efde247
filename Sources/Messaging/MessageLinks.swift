public import Crypto
public import Vocabulary

/// Where a clinic can be reached from outside: what links in messages, and the addresses that gateways are
/// told, begin with.
public struct MessageLinks: Sendable {
    /// Makes and opens the links that end mails.
    public let unsubscribe: UnsubscribeSeal
    private let address: @Sendable (Slug) -> String

    /// `address` gives the beginning of a clinic's URLs, without a slash at its end.
    public init(under secret: Secret, at address: @escaping @Sendable (Slug) -> String) {
        (unsubscribe, self.address) = (UnsubscribeSeal(under: secret), address)
    }

    /// The beginning of a clinic's URLs.
    public func address(of slug: Slug) -> String { address(slug) }

    /// Where one click ends such mails; nil for messages that nobody may decline.
    func unsubscribe(
        _ message: Message, to recipient: UniqueID, of slug: Slug, in tenant: TenantID,
        at now: Instant
    ) -> String? {
        guard message.channel == .email, message.category.canBeDeclined else { return nil }
        let wish = UnsubscribeSeal.Wish(
            recipient: recipient, choice: MessageConsent.Choice(message.channel, message.category))
        return "\(address(slug))/v1/unsubscribe/"
            + unsubscribe.token(for: wish, of: tenant, at: now)
    }
}
