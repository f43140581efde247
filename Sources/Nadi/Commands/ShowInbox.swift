import JSON
import Messaging
import Terminal
import Vocabulary

/// Shows what development kept instead of sending it.
struct ShowInbox: Command {
    static let name = "inbox"
    static let summary = "Show the messages that development kept instead of sending them, newest first."
    static let examples = ["nadi inbox --clinic sunrise-family-practice"]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("limit", "How many at most.") var limit = 50

    func run(in place: Place) async throws -> Answer {
        guard (1...1000).contains(limit) else { throw Refusal("--limit is a number from 1 to 1000.") }
        guard place.configuration.mode == .development else {
            throw Refusal("In production messages are sent: NADI_ENV=production keeps none to be shown.")
        }
        let messages = try await place.withClinic(slug) { clinic, _ in
            try await InboxMessage.latest(limit, in: clinic)
        }
        return Answer(
            json: ["messages": .array(messages.map(\.json))],
            lines: messages.isEmpty
                ? ["There is none."]
                : messages.map { "\($0.at)  \($0.channel.rawValue)  \($0.address)  \($0.text)" })
    }
}
