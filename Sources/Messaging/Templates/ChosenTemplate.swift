import Vocabulary

/// What a message will be said with: the first words that there are along its reader's languages.
struct ChosenTemplate: Sendable {
    /// What comes of filling a template.
    enum Saying: Sendable {
        case said(SaidWords)
        /// It is not said at all rather than said wrongly.
        case unsayable(SendDecision.Reason)
    }

    let name: TemplateName
    let channel: MessageChannel
    let language: Language
    let parts: TemplateParts
    /// The clinic's version; nil for the platform's sentences.
    let version: Int32?

    /// In each language the clinic's own words come before the platform's; a nearer language before both.
    static func choose(
        _ name: TemplateName, on channel: MessageChannel, among tags: [String], own: [OwnTemplate]
    ) -> ChosenTemplate? {
        for tag in tags {
            guard let language = Language(tag: tag) else { continue }
            if let mine = own.first(where: { $0.language == tag }) {
                return ChosenTemplate(
                    name: name, channel: channel, language: language, parts: mine.parts, version: mine.version
                )
            }
            if let parts = TemplateParts.platforms(name, in: language, on: channel) {
                return ChosenTemplate(
                    name: name, channel: channel, language: language, parts: parts, version: nil)
            }
        }
        return nil
    }

    /// The words with everything filled in.
    func said(_ content: MessageContent, in zone: Zone, mayBeFree: Bool) -> Saying {
        said(
            with: MessageCatalogue.values(of: content, for: name.kind, in: zone, language),
            mayBeFree: mayBeFree)
    }

    func said(with values: [String: String], mayBeFree: Bool) -> Saying {
        let isFree = mayBeFree && parts.text != nil
        let approved = isFree ? nil : parts.whatsapp
        let text = approved == nil ? parts.text ?? "" : standIn
        let named = approved?.parameters ?? Sentences.placeholders(of: text)
        let needed = named + [parts.subject, parts.html].flatMap { Sentences.placeholders(of: $0 ?? "") }
        guard needed.allSatisfy({ values[$0] != nil }) else { return .unsayable(.noWords) }
        let filling = named.compactMap { values[$0] }
        if parts.dlt != nil, !filling.allSatisfy(DLTRegistration.allows) { return .unsayable(.tooLong) }
        let filled = Sentences.filled(text, with: values)
        var words = MessageWords(
            template: name.text, language: language, title: Sentences.filled(title, with: values),
            short: filled, long: filled, sender: values[Placeholder.clinic.rawValue] ?? "")
        (words.registration, words.approved) = (parts.dlt, approved)
        words.page = parts.html.map {
            MailPage.filled(
                $0, with: values, language: language.tag, isRightToLeft: words.isRightToLeft)
        }
        return .said(SaidWords(words: words, values: filling, version: version))
    }

    /// About what an approved template says, for whoever looks at the message: the sentence itself is Meta's.
    private var standIn: String {
        TemplateParts.platforms(name, in: language, on: .sms)?.text
            ?? TemplateParts.platforms(name, in: .english, on: .sms)?.text ?? ""
    }

    private var title: String {
        let sentences = MessageCatalogue.sentences[language.tag] ?? MessageCatalogue.english
        return parts.subject ?? sentences[name.text]?.title ?? ""
    }
}

/// Words, what was filled in, and whose words they are.
struct SaidWords: Sendable {
    let words: MessageWords
    /// What stood in for the placeholders, in their order.
    let values: [String]
    let version: Int32?
}

extension DLTRegistration {
    /// Whether a variable of a registered text may be this.
    static func allows(_ value: String) -> Bool { value.unicodeScalars.count <= variableMax }
}

extension TemplateParts {
    /// The platform's own words; nil where it has none in that language.
    static func platforms(
        _ name: TemplateName, in language: Language, on channel: MessageChannel
    ) -> TemplateParts? {
        guard let sentences = MessageCatalogue.sentences[language.tag]?[name.text] else { return nil }
        var parts = TemplateParts()
        switch channel {
        case .whatsApp:
            // An approved template is named like ours, with what Meta allows in names.
            parts.whatsapp = ApprovedTemplate(
                name: String(name.text.map { $0 == "." || $0 == "-" ? "_" : $0 }),
                language: String(language.tag.map { $0 == "-" ? "_" : $0 }),
                parameters: Sentences.placeholders(of: sentences.short))
        case .email: (parts.subject, parts.text) = (sentences.title, sentences.long)
        default: parts.text = sentences.short
        }
        return parts
    }
}

extension Language {
    /// What the platform speaks when nothing else is known.
    static let english: Language = {
        guard let english = Language(tag: "en") else { preconditionFailure("en is a language") }
        return english
    }()
}
