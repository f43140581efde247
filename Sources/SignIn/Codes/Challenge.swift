import Identity
import JSON
public import Vocabulary

/// A question to somebody: which code did we send you? Whoever answers it holds the number or the mailbox.
public struct Challenge: Identified, Sendable {
    /// `chl_…`
    public static let idPrefix: StaticString = "chl"

    /// For how long a code is good.
    static let lifetime = Duration.seconds(300)
    /// How often it may be guessed, over all codes of a person that follow each other within `guessWindow`.
    static let guessesMax = 5
    /// When guesses are forgotten, counted from the first one.
    static let guessWindow = Duration.seconds(15 * 60)

    /// What a code is for; one for another purpose is another code.
    enum Purpose: String, Sendable {
        case signIn = "sign-in"
        /// To prove that somebody reads what is sent to an address that is to be theirs.
        case address
    }

    /// What the row seals: whom the code goes to, and what the message says.
    struct Content: Sendable, Equatable {
        let identifier: Identifier
        let code: String
        let clinic: String
        let languages: [Language]
    }

    let id: ID<Challenge>
    let holder: [UInt8]
    let channel: CodeChannel
    let purpose: Purpose
    let digest: [UInt8]
    let sealed: [UInt8]
    let sentAt: Instant
    var expiresAt: Instant { sentAt + Self.lifetime }
}

extension Challenge.Content {
    var json: JSON {
        let (kind, text) =
            switch identifier {
            case .phone(let text): ("phone", text)
            case .email(let text): ("email", text)
            }
        return [
            "kind": .string(kind), "to": .string(text), "code": .string(code), "clinic": .string(clinic),
            "languages": .array(languages.map { .string($0.tag) }),
        ]
    }

    init?(_ json: JSON) {
        guard let kind = json["kind"]?.stringValue, let text = json["to"]?.stringValue,
            let code = json["code"]?.stringValue, let clinic = json["clinic"]?.stringValue
        else { return nil }
        let languages = (json["languages"]?.arrayValue ?? []).compactMap(\.stringValue)
        self.init(
            identifier: kind == "phone" ? .phone(text) : .email(text), code: code, clinic: clinic,
            languages: languages.compactMap(Language.init(tag:)))
    }
}
