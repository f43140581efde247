public import Vocabulary

/// Something of a specialty's own that not everybody at a clinic may do: `ayurveda.course.sign`.
///
/// A declaration and no more. Clinics that have the plugin find it among what a role can allow; whom it is
/// suggested to have it from the beginning, and what is suggested to nobody is denied to everybody until a
/// clinic's own role allows it.
public struct PluginPermission: Hashable, Sendable {
    /// A built-in role that has it until a clinic says otherwise.
    public struct Suggestion: Hashable, Sendable {
        /// Which.
        public let role: Role
        /// How far it extends then.
        public let reach: PermissionReach
    }

    /// What roles, explanations and the audit trail call it. Never renamed.
    public let name: Name
    /// What it allows, for whoever gives it to somebody.
    public let meaning: String
    /// Who has it until a clinic says otherwise.
    public let suggestions: [Suggestion]

    /// A permission, what it allows, and to whom it is suggested: to nobody when that is not said.
    public init(_ name: Name, _ meaning: String, to suggestions: KeyValuePairs<Role, PermissionReach> = [:]) {
        (self.name, self.meaning) = (name, meaning)
        self.suggestions = suggestions.map { Suggestion(role: $0.key, reach: $0.value) }
    }

    /// The name: the plugin's word, the thing and the deed. Permissions of the house have two words, so that
    /// none can be taken for the other.
    public struct Name: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// What every name looks like.
        public static let pattern = "^[a-z]+([_-][a-z]+)*(\\.[a-z]+([_-][a-z]+)*){2}$"
        /// No name is longer.
        public static let lengthMax = 80

        /// The letters.
        public let text: String

        /// As a plugin declares it; what it cannot be is the declaration's flaw.
        public init(stringLiteral text: String) { self.text = text }

        /// As somebody wrote it, who may mean none that there is; nil for what can be no name.
        public init?(text: String) {
            self.text = text
            guard isWellFormed else { return nil }
        }

        /// The plugin's word.
        public var namespace: Substring { text.prefix { $0 != "." } }

        /// By letters.
        public static func < (left: Name, right: Name) -> Bool { left.text < right.text }

        /// The letters.
        public var description: String { text }

        var isWellFormed: Bool {
            let words = text.split(separator: ".", omittingEmptySubsequences: false)
            return words.count == 3 && text.utf8.count <= Self.lengthMax && words.allSatisfy(Self.isWord)
        }

        /// Letters, between them single dashes or underscores.
        static func isWord(_ word: some StringProtocol) -> Bool {
            let parts = word.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
            return parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { 0x61...0x7A ~= $0 } }
        }
    }
}

/// Whose things a plugin's permission extends to.
public enum PermissionReach: String, CaseIterable, Sendable {
    /// Everybody's at the clinic.
    case tenant
    /// Those at the location for which the role was given.
    case location
    /// Those of patients in one's care.
    case assigned
    /// One's own: all that a patient can be allowed.
    case own
}
