import Database
import Outgoing
import Vocabulary

/// Keeps messages in a table instead of sending them: development's default, which production refuses.
struct InboxDriver: MessageDriver {
    static let name = "inbox"
    static let doubt = Doubt.askAgain

    let clinic: TenantDatabase
    let channel: MessageChannel

    func send(_ message: OutgoingMessage, with courier: Courier) async throws -> DriverAnswer {
        try await clinic.once(InboxMessage.keep(message, on: channel, in: clinic.tenant))
        return .sent(message.id.text)
    }
}
