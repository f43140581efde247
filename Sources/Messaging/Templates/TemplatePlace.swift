public import Shapes
public import Vocabulary

/// Where words stand: which ones, in which language, on which channel.
public struct TemplatePlace: Hashable, Sendable {
    /// Which words.
    public let name: TemplateName
    /// In which language.
    public let language: Language
    /// On which channel.
    public let channel: MessageChannel

    /// A place; whether anything stands there is another question.
    public init(_ name: TemplateName, in language: Language, on channel: MessageChannel) {
        (self.name, self.language, self.channel) = (name, language, channel)
    }

    /// What the platform says there; nil where it has no words in that language.
    public var platforms: TemplateParts? { TemplateParts.platforms(name, in: language, on: channel) }

    /// Complains of everything that keeps parts from being saved there, judged by the longest names of the
    /// clinic.
    public func complain(
        of parts: TemplateParts, with names: LongestNames, _ complaints: inout Complaints
    ) {
        TemplateCheck(kind: name.kind, channel: channel, longest: names.values(in: language))
            .complain(of: parts, &complaints)
    }
}

/// The longest names that a clinic's messages can hold today.
public struct LongestNames: Sendable, Hashable {
    /// The clinic's.
    public var clinic: String
    /// Of those who can be booked.
    public var practitioner: String
    /// Of the places where patients come.
    public var location: String

    /// These names.
    public init(clinic: String, practitioner: String, location: String) {
        (self.clinic, self.practitioner, self.location) = (clinic, practitioner, location)
    }

    func values(in language: Language) -> [String: String] {
        var values: [String: String] = [:]
        for placeholder in Placeholder.allCases {
            values[placeholder.rawValue] =
                switch placeholder {
                case .clinic: clinic
                case .practitioner: practitioner
                case .location: location
                case .time: MomentWords.longest(in: language)
                case .code: "00000000"
                case .minutes: "60"
                case .link: "https://" + String(repeating: "x", count: 130)
                case .hours: "720"
                case .role: RoleWords.longest(in: language)
                }
        }
        return values
    }
}
