public import JSON
public import JobQueue
public import Vocabulary

/// Sends a message that answers something somebody just did.
public struct SendMessage: Job {
    /// Never renamed.
    public static let kind = "send-message"
    /// Apart from reminders: a morning's thousand of them must not delay a code.
    public static let lane = Lane.notification

    /// Which message.
    public let message: ID<Message>

    /// Sends this message.
    public init(message: ID<Message>) { self.message = message }

    /// Reads which message.
    public init(payload: JSON) throws { message = try ID<Message>(payload: payload) }

    /// Writes which message.
    public func writePayload(to writer: inout JSONWriter) { writer.member("message", message.text) }
}

/// Sends a message that we begin: a reminder.
public struct SendReminder: Job {
    /// Never renamed.
    public static let kind = "send-reminder"
    /// With others that can wait a little.
    public static let lane = Lane.reminder

    /// Which message.
    public let message: ID<Message>

    /// Sends this message.
    public init(message: ID<Message>) { self.message = message }

    /// Reads which message.
    public init(payload: JSON) throws { message = try ID<Message>(payload: payload) }

    /// Writes which message.
    public func writePayload(to writer: inout JSONWriter) { writer.member("message", message.text) }
}

extension ID<Message> {
    fileprivate init(payload: JSON) throws {
        guard let id = payload["message"]?.stringValue.flatMap({ ID(text: $0) }) else {
            throw HopelessJob("The payload names no message.")
        }
        self = id
    }
}
