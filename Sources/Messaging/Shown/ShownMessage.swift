import JSON
public import Vocabulary

/// A message that is shown to somebody who looks, instead of being sent: what it is about, and when. The
/// words are made when it is read, in the reader's language.
public struct ShownMessage: Identified, Sendable {
    /// `shm_…`
    public static let idPrefix: StaticString = "shm"
    /// How long it can be found.
    public static let kept = Duration.seconds(90 * 86_400)

    /// Whom it is shown to.
    public struct Person: Hashable, Sendable {
        /// What sort of person.
        public enum Kind: String, CaseIterable, Sendable { case staff, patient }

        /// What sort of person.
        public let kind: Kind
        /// Which one.
        public let id: UniqueID

        /// A person of the clinic.
        public init(_ kind: Kind, _ id: UniqueID) { (self.kind, self.id) = (kind, id) }
    }

    /// Names the message.
    public let id: ID<ShownMessage>
    /// Which words.
    public let template: String
    /// What stands in the words: texts of the program's own making, never a person's.
    let facts: [String: String]
    /// The word for what it is about: `appointment`.
    public let subjectKind: String
    /// Which one.
    public let subject: UniqueID
    /// When it was shown first.
    public let shownAt: Instant
    /// When somebody said that they have read it.
    public let readAt: Instant?

    /// Title and text in the first language of the chain that has them. A moment is told as clocks show it
    /// where it happens.
    public func words(in languages: [Language], zones: (String) -> Zone?) -> (title: String, text: String) {
        ShownWords.words(template, facts, in: languages, zones: zones)
    }
}

/// A message that somebody is to be shown.
public struct ShownDraft: Sendable, Hashable {
    /// Which words.
    public let template: String
    /// What stands in them: `start` and `zone` become `{time}`.
    public let facts: [String: String]
    /// The word for what it is about.
    public let subjectKind: String
    /// Which one.
    public let subject: UniqueID
    /// When what it tells of happened.
    public let at: Instant
    /// Things of which nothing older need be read any more, besides the subject itself.
    public var replaces: [UniqueID] = []

    /// A message about a subject.
    public init(
        _ template: String, _ facts: [String: String], about subjectKind: String, _ subject: UniqueID,
        at moment: Instant
    ) {
        (self.template, self.facts, self.subjectKind) = (template, facts, subjectKind)
        (self.subject, at) = (subject, moment)
    }
}
