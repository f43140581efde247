public import Vocabulary

/// What somebody said about messages of a category on a channel. Who said nothing has no such word: then what
/// answers their own deeds, and reminders, are sent, and advertising is not.
public struct MessageConsent: Sendable, Hashable {
    /// Who said it.
    public enum Speaker: String, CaseIterable, Sendable {
        /// Somebody at the desk, on the patient's behalf.
        case staff
        /// The patient, signed in.
        case patient
        /// Whoever answers for the patient, signed in as themselves.
        case guardian
        /// Whoever held the link in a mail to them.
        case link
        /// An import, or a program of the clinic's.
        case system
    }

    /// What is chosen about.
    public struct Choice: Hashable, Sendable {
        /// How messages go.
        public let channel: MessageChannel
        /// What they are for.
        public let category: MessageCategory

        /// Messages of a category on a channel.
        public init(_ channel: MessageChannel, _ category: MessageCategory) {
            (self.channel, self.category) = (channel, category)
        }
    }

    /// What is chosen about.
    public let choice: Choice
    /// Whether such messages are wanted.
    public let wanted: Bool
    /// When it was said.
    public let saidAt: Instant
    /// Who said it.
    public let speaker: Speaker
    /// Which staff member or patient; nobody where a link was followed.
    public let saidBy: UniqueID?

    /// What is to be written so that of `known` words exactly `wishes` are left: those that change, and those
    /// that are taken back. What stays keeps its moment and its speaker.
    public static func changes(
        from known: [MessageConsent], to wishes: [Choice: Bool]
    ) -> (said: [Choice: Bool], takenBack: [Choice]) {
        let before = Dictionary(known.map { ($0.choice, $0.wanted) }, uniquingKeysWith: { first, _ in first })
        return (wishes.filter { before[$0.key] != $0.value }, before.keys.filter { wishes[$0] == nil })
    }

    /// Another text whenever another word stands there.
    public static func revision(of known: [MessageConsent]) -> String {
        "\(known.count)-\(known.map(\.saidAt.microseconds).max() ?? 0)"
    }
}
