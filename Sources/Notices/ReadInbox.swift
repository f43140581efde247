public import EndpointKit
import JSON
public import Messaging
import Reception
public import Shapes
public import Tenancy

/// Shows what development kept instead of sending it.
public struct ReadInbox: Endpoint {
    /// `GET /dev/inbox`
    public static let route = Route.get("/dev/inbox")
    /// What it does.
    public static let summary =
        "Show the messages that development kept instead of sending them, newest first."
    /// What a caller must know.
    public static let details = "There is no such page in production."
    /// Open: the people of a development's clinics do not exist.
    public static let access = Access<TenantRequest>.anyone
    /// As often as a test likes.
    public static let limit = Limit.perAddress(1200, per: .seconds(60))
    /// It shows nobody's messages but development's.
    public static let audit = Audit.silent

    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50

    /// Inputs still empty.
    public init() {}

    /// The latest of this clinic.
    public func respond(to request: TenantRequest) async throws -> Inbox {
        Inbox(messages: try await InboxMessage.latest(limit, in: request.clinic))
    }
}

/// A clinic's inbox.
public struct Inbox: Output {
    /// The newest first.
    public let messages: [InboxMessage]

    /// The answer's members.
    public static let shape = OutputShape<Inbox> {
        Out("messages", "The messages, newest first.") { $0.messages.map(KeptMessage.init) }
    }
}

/// One message of an inbox, as an answer.
public struct KeptMessage: Output {
    let message: InboxMessage

    /// The answer's members.
    public static let shape = OutputShape<KeptMessage> {
        Out("id", "The message.") { $0.message.id }
        Out("channel", "How it would have gone.", example: "sms") { $0.message.channel.rawValue }
        Out("to", "To whom.", example: "+919812345678") { $0.message.address }
        Out("template", "Which words.", example: "appointment.booked") { $0.message.template }
        Out("title", "Its title, as a mail has one.") { $0.message.title }
        Out("text", "What it says.") { $0.message.text }
        Out("at", "When it was kept.") { $0.message.at }
    }
}
