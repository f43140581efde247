public import Crypto
public import Database
public import Messaging
public import Vocabulary

/// What a message with a token to choose a new password says, and whether there is anybody to say it to.
public struct PasswordLetter: MessageSubjectReader {
    /// Never renamed.
    public static let kind = "password-link"
    static let template = "sign-in.reset"

    private let keys: CredentialKeys
    private let clock: WallClock

    /// Makes the tokens of the same secret's `CredentialParts`.
    public init(under secret: Secret, clock: WallClock) {
        (keys, self.clock) = (CredentialKeys(under: secret), clock)
    }

    /// Nil when the link was used, is over, or is nobody's.
    public func content(
        for template: String, about subject: MessageSubject, in transaction: borrowing Transaction
    ) async throws -> MessageContent? {
        let found: Addressee? = try await transaction.row(
            PasswordLink.letter(subject.id, at: clock.now(), in: transaction.tenant))
        guard let found else { return nil }
        var message = MessageContent(
            languages: found.languages.compactMap { Language(tag: $0) }, zone: "UTC")
        (message.email, message.phone) = (found.email, found.phone)
        message.facts = [
            "clinic": .text(found.clinic),
            "code": .text(keys.token(of: subject.id, in: transaction.tenant)),
            "minutes": .text("\(PasswordLink.lifetime.components.seconds / 60)"),
        ]
        return message
    }

    private struct Addressee: FromRow {
        let email: String?
        let phone: String?
        let clinic: String
        let languages: [String]

        init(_ row: inout Row) throws {
            (email, phone) = (try row.next(), try row.next())
            (clinic, languages) = (try row.next(), try row.next())
        }
    }
}
