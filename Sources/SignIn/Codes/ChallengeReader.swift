public import Crypto
public import Database
public import Messaging
public import Vocabulary

/// What a message with a code says, and whether there is anybody to say it to.
public struct ChallengeReader: MessageSubjectReader {
    /// Never renamed.
    public static let kind = "challenge"
    static let template = "sign-in.code"

    private let keys: CodeKeys
    private let clock: WallClock

    /// Opens what `SignInParts` of the same secret has sealed.
    public init(under secret: Secret, clock: WallClock) {
        (keys, self.clock) = (CodeKeys(under: secret), clock)
    }

    /// Nil when the code is used, over, or another has taken its place, and when one to sign in with is for
    /// an identifier by which the clinic knows nobody. The message goes to what the clinic's row says, which
    /// is the same in its normal form.
    public func content(
        for template: String, about subject: MessageSubject, in transaction: borrowing Transaction
    ) async throws -> MessageContent? {
        let now = clock.now()
        let row: JudgedCode? = try await transaction.row(
            Challenge.live(subject.id, at: now, in: transaction.tenant))
        guard let row, let content = keys.open(row.sealed, of: ID(subject.id), at: transaction.tenant) else {
            return nil
        }
        // Whoever is to be reached there from now on has said so, signed in; the clinic need not know it.
        if row.purpose == .address { return Self.message(content) }
        let people: [FoundPerson] = try await transaction.rows(
            FoundPerson.all(having: content.identifier, at: now, in: transaction.tenant))
        return people.isEmpty ? nil : Self.message(content)
    }

    private static func message(_ content: Challenge.Content) -> MessageContent {
        var message = MessageContent(languages: content.languages, zone: "UTC")
        switch content.identifier {
        case .phone(let phone): message.phone = phone
        case .email(let email): message.email = email
        }
        message.facts = [
            "code": .text(content.code), "clinic": .text(content.clinic),
            "minutes": .text("\(Challenge.lifetime.components.seconds / 60)"),
        ]
        return message
    }
}
