import JSON
public import Vocabulary

/// Who gets a message and what its words are about, as read at the moment of sending.
public struct MessageContent: Sendable, Hashable {
    /// Which person, for what they said about messages; nil for whoever asks for a code.
    public var recipient: UniqueID?
    /// Their number, E.164.
    public var phone: String?
    /// Their mail address.
    public var email: String?
    /// In which they read.
    public var languages: [Language]
    /// Whose night is to be respected.
    public var zone: String
    /// What stands in for the placeholders; moments are written out in the reader's language.
    public var facts: [String: MessageFact]

    /// Content without facts.
    public init(languages: [Language], zone: String) {
        (self.languages, self.zone, facts) = (languages, zone, [:])
    }

    /// Where the channel reaches them, if it does.
    public func address(on channel: MessageChannel) -> String? { channel == .email ? email : phone }
}

/// What stands in for a placeholder.
public enum MessageFact: Sendable, Hashable {
    /// A name or a code, as it is.
    case text(String)
    /// A moment, as clocks show it where it happens.
    case time(Instant)
    /// A role by its name, in the reader's words.
    case role(String)
}

/// Content as JSON, for the sealed box of a message that carries its own.
extension MessageContent {
    var json: JSON {
        [
            "phone": phone.map { .string($0) } ?? .null, "email": email.map { .string($0) } ?? .null,
            "languages": .array(languages.map { .string($0.tag) }), "zone": .string(zone),
            "facts": .object(
                JSONObject(
                    facts.sorted { $0.key < $1.key }.map { name, fact in
                        switch fact {
                        case .text(let text): (name, .string(text))
                        case .time(let instant): (name, .integer(instant.microseconds))
                        case .role(let role): (name, ["role": .string(role)])
                        }
                    })),
        ]
    }

    init?(_ json: JSON) {
        guard let zone = json["zone"]?.stringValue, let facts = json["facts"]?.objectValue else { return nil }
        self.init(
            languages: (json["languages"]?.arrayValue ?? []).compactMap { $0.stringValue }
                .compactMap(Language.init(tag:)), zone: zone)
        (phone, email) = (json["phone"]?.stringValue, json["email"]?.stringValue)
        for member in facts.members {
            switch member.value {
            case .string(let text): self.facts[member.name] = .text(text)
            case .integer(let number): self.facts[member.name] = .time(Instant(microseconds: number))
            case .object(let object):
                guard let role = object["role"]?.stringValue else { return nil }
                self.facts[member.name] = .role(role)
            default: return nil
            }
        }
    }
}
