public import Vocabulary

/// Words for one person on one channel, from the moment they became necessary.
public struct Message: Identified, Sendable {
    /// `msg_…`
    public static let idPrefix: StaticString = "msg"

    /// Where it stands. Nothing but `waiting` and `sending` can still be sent.
    public enum State: String, CaseIterable, Sendable {
        case waiting, sending, sent, delivered, failed, uncertain, dropped
    }

    /// Names the message, to gateways too.
    public let id: ID<Message>
    /// What it is for.
    public let category: MessageCategory
    /// How it goes.
    public let channel: MessageChannel
    /// What is tried when this channel fails, in order.
    public let fallbacks: [MessageChannel]
    /// Which words.
    public let template: String
    /// What it is about.
    public let subject: MessageSubject?
    /// Where it stands.
    public let state: State
    /// How often a gateway was asked.
    public let tries: Int
    /// After this it is worth nothing.
    public let expiresAt: Instant
    /// Who gets it and what is said, where no subject knows: sealed, codes.
    let sealedContent: [UInt8]?
    /// When the latest try began; nil before the first.
    var sendingAt: Instant?
}

/// What a message is about, at the version that made it necessary.
public struct MessageSubject: Sendable, Hashable {
    /// The word by which its reader is found: `appointment`.
    public let kind: String
    /// Which one.
    public let id: UniqueID
    /// The version that the words are about.
    public let version: Int32

    /// A subject at a version.
    public init(kind: String, id: UniqueID, version: Int32) {
        (self.kind, self.id, self.version) = (kind, id, version)
    }
}

/// A message that somebody asks for.
public struct MessageDraft: Sendable {
    /// The same for everything that would say the same to the same person: of two only the first is kept.
    public var key: String
    /// What it is for.
    public var category: MessageCategory
    /// Which channels, the best one first. The others are tried when it fails.
    public var channels: [MessageChannel]
    /// Which words.
    public var template: String
    /// What it is about; a message without one carries its content itself.
    public var subject: MessageSubject?
    /// It waits until then.
    public var notBefore: Instant?
    /// After this it is worth nothing.
    public var expiresAt: Instant
    /// Who gets it and what is said, where no subject knows.
    public var content: MessageContent?

    /// A message about a subject.
    public init(
        key: String, _ category: MessageCategory, by channels: [MessageChannel], template: String,
        about subject: MessageSubject?, expiresAt: Instant
    ) {
        (self.key, self.category, self.channels) = (key, category, channels)
        (self.template, self.subject, self.expiresAt) = (template, subject, expiresAt)
    }
}
