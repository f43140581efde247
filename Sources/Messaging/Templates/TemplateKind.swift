/// What words of a kind may name, and what they must.
public struct TemplateKind: Sendable, Hashable {
    /// What can stand in the braces, in the order in which documents list it.
    public let placeholders: [Placeholder]
    /// What every text of the kind has to name, or it would say nothing.
    public let mandatory: [Placeholder]

    /// Names and a time: why somebody comes, and for what kind of visit, cannot be said.
    static let appointment = TemplateKind(
        placeholders: [.clinic, .practitioner, .location, .time], mandatory: [.clinic, .time])
    /// India's rules want the clinic's name beside a code.
    static let code = TemplateKind(
        placeholders: [.clinic, .code, .minutes], mandatory: [.clinic, .code])
    /// A link that is good for some hours.
    static let invitation = TemplateKind(
        placeholders: [.clinic, .link, .hours], mandatory: [.clinic, .link])
    /// What somebody is, never who, and when; what for, and what they saw, cannot be said.
    static let emergency = TemplateKind(
        placeholders: [.clinic, .role, .time], mandatory: [.clinic, .role, .time])
    /// Who says it, and nothing that anybody could act upon.
    static let notice = TemplateKind(placeholders: [.clinic], mandatory: [.clinic])
}

/// What can stand in the braces.
public enum Placeholder: String, CaseIterable, Sendable {
    case clinic, practitioner, location, time, code, minutes, link, hours, role
}

/// The name of a kind of message that there is: `appointment.booked`.
public struct TemplateName: Hashable, Sendable {
    /// As rows and addresses have it. Never renamed.
    public let text: String
    /// What its words may name.
    public let kind: TemplateKind

    /// Nil for a kind that there is not.
    public init?(_ text: String) {
        guard let kind = MessageCatalogue.kinds[text] else { return nil }
        (self.text, self.kind) = (text, kind)
    }

    /// All of them, in the order of the alphabet.
    public static let all = MessageCatalogue.kinds.keys.sorted().compactMap { TemplateName($0) }
}
