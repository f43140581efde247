public import JSON
public import Vocabulary

/// A message that development kept instead of sending it.
public struct InboxMessage: Sendable {
    /// Which message.
    public let id: ID<Message>
    /// How it would have gone.
    public let channel: MessageChannel
    /// To whom.
    public let address: String
    /// Which words.
    public let template: String
    /// Its title, as a mail has one.
    public let title: String
    /// What it says.
    public let text: String
    /// When it was kept.
    public let at: Instant

    /// As `nadi inbox --json` and `/dev/inbox` show it.
    public var json: JSON {
        [
            "id": .string(id.text), "channel": .string(channel.rawValue), "to": .string(address),
            "template": .string(template), "title": .string(title), "text": .string(text),
            "at": .string(at.text),
        ]
    }
}
