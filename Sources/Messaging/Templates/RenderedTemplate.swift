public import Vocabulary

/// A template with sample values in it: what a reader would be told.
public struct RenderedTemplate: Sendable {
    /// Where it stands.
    public let place: TemplatePlace
    /// Which of the clinic's versions; nil for the platform's words, and for words that nobody has saved.
    public let version: Int32?
    /// What is said.
    public let words: MessageWords
    /// What fills the placeholders, or an approved template's parameters, in their order.
    public let values: [String]
    /// By WhatsApp, the clinic's own words within a day of the patient's; nil where it has none.
    public let answer: String?
    /// How long the text is on the air; nil where the channel is none of text messages.
    public let length: SMSLength?
    /// The same with the longest names that the clinic has.
    public let lengthMax: SMSLength?

    /// What is said at a place when its parts are these; nil where nothing can be said.
    public init?(
        _ parts: TemplateParts, version: Int32?, at place: TemplatePlace, sample content: MessageContent,
        in zone: Zone, longest names: LongestNames
    ) {
        let template = ChosenTemplate(
            name: place.name, channel: place.channel, language: place.language, parts: parts,
            version: version)
        guard case .said(let said) = template.said(content, in: zone, mayBeFree: false) else { return nil }
        (self.place, self.version, words, values) = (place, version, said.words, said.values)
        answer = place.channel == .whatsApp ? template.answer(content, in: zone) : nil
        guard place.channel == .sms, let text = parts.text else {
            (length, lengthMax) = (nil, nil)
            return
        }
        length = SMSLength(of: said.words.short)
        lengthMax = SMSLength(of: Sentences.filled(text, with: names.values(in: place.language)))
    }
}

extension ChosenTemplate {
    fileprivate func answer(_ content: MessageContent, in zone: Zone) -> String? {
        guard parts.text != nil, case .said(let said) = said(content, in: zone, mayBeFree: true) else {
            return nil
        }
        return said.words.short
    }
}
