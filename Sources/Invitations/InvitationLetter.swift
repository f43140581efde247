public import Crypto
public import Database
public import Messaging
import SignIn
import Tenancy
public import Vocabulary

/// What a message with an invitation says, and whether it is still to be said.
public struct InvitationLetter: MessageSubjectReader {
    /// Never renamed.
    public static let kind = "invitation"
    static let template = "staff.invited"

    private let keys: InvitationKeys
    private let links: MessageLinks
    private let clock: WallClock

    /// Makes the links of the same secret's `InvitationParts`.
    public init(under secret: Secret, links: MessageLinks, clock: WallClock) {
        (keys, self.links, self.clock) = (InvitationKeys(under: secret), links, clock)
    }

    /// Nil when it was accepted, revoked, is over, or was sent again since.
    public func content(
        for template: String, about subject: MessageSubject, in transaction: borrowing Transaction
    ) async throws -> MessageContent? {
        let found: Addressee? = try await transaction.row(
            Addressee.of(subject, at: clock.now(), in: transaction.tenant))
        guard let found, let slug = Slug(text: found.slug) else { return nil }
        var message = MessageContent(
            languages: found.languages.compactMap { Language(tag: $0) }, zone: "UTC")
        if found.kind == OwnAddress.Kind.email.rawValue {
            message.email = found.address
        } else {
            message.phone = found.address
        }
        let token = keys.token(of: found.link, in: transaction.tenant)
        message.facts = [
            "clinic": .text(found.clinic),
            "link": .text("\(links.address(of: slug))\(ShowInvitation.beginning)\(token)"),
            "hours": .text("\(max(1, (found.expiresAt - clock.now()).components.seconds / 3600))"),
        ]
        return message
    }
}
