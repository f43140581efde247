import JSON
public import Messaging
public import Shapes
import Vocabulary

extension LiveTemplate: Output {
    /// What is said at a place, and what may be said there.
    public static let shape = OutputShape<LiveTemplate> {
        Out("template", "Which words.", example: "appointment.booked") { $0.place.name.text }
        Out("language", "In which language.") { $0.place.language }
        Out("channel", "On which channel.") { $0.place.channel }
        Out("source", "Whose words are said: the platform's or the clinic's own.") { $0.source }
        Out("version", "Which of the clinic's versions; null for the platform's words.") { $0.version }
        Out("saved_at", "When the clinic saved it.") { $0.savedAt }
        Out("placeholders", "What may stand in braces.") { $0.place.name.kind.placeholders }
        Out("mandatory", "What every text must name.") { $0.place.name.kind.mandatory }
        Out("parts", "The words.") { $0.parts }
    }
}

extension LiveTemplate.Source: WireValue {}

extension TemplateVersion: Output {
    /// A version that a clinic saved.
    public static let shape = OutputShape<TemplateVersion> {
        Out("version", "Counts from 1.", example: 1) { $0.version }
        Out("live", "Whether this one is said now.") { $0.isLive }
        Out("saved_at", "When it was saved.") { $0.savedAt }
        Out("parts", "The words.") { $0.parts }
    }
}

extension TemplatePlace {
    /// Where a version can be read.
    func path(of version: Int32) -> String {
        "/v1/message-templates/\(name.text)/\(language.tag)/\(channel.rawValue)/versions/\(version)"
    }
}

/// What readers would be told, channel by channel.
public struct TemplatePreview: Output {
    let channels: [RenderedTemplate]

    /// The answer's members.
    public static let shape = OutputShape<TemplatePreview> {
        Out("channels", "What each channel says.") { $0.channels }
    }
}

extension RenderedTemplate: Output {
    /// A template with sample values in it.
    public static let shape = OutputShape<RenderedTemplate> {
        Out("channel", "On which channel.") { $0.place.channel }
        Out("version", "Which of the clinic's versions; null for the platform's words, and for a draft.") {
            $0.version
        }
        Out("subject", "The subject; null but for mail.") { $0.isMail ? $0.words.title : nil }
        Out("text", "The words. By WhatsApp: about what the approved template says.") { $0.words.long }
        Out("html", "The page beside the words; null but for mail that has one.") { $0.words.page }
        Out("sms", "How long the text is on the air; null but for text messages.") { $0.sms }
        Out("whatsapp", "What Meta is asked for; null but for WhatsApp.") { $0.whatsApp }
    }

    private var isMail: Bool { place.channel == .email }

    private var sms: TextLength? {
        guard let length, let lengthMax else { return nil }
        return TextLength(length: length, most: lengthMax)
    }

    private var whatsApp: ApprovedMessage? {
        words.approved.map { ApprovedMessage(template: $0, values: values, answer: answer) }
    }
}

/// How long a text is on the air, as an answer.
public struct TextLength: Output {
    let length: SMSLength
    let most: SMSLength

    /// The answer's members.
    public static let shape = OutputShape<TextLength> {
        Out("alphabet", "What it is written in on the air: one sign outside of GSM-7 makes all of it UCS-2.")
        {
            $0.length.alphabet
        }
        Out("units", "Signs of that alphabet.", example: 82) { $0.length.units }
        Out("segments", "Into how many pieces it is cut: each is paid for.", example: 1) {
            $0.length.segments
        }
        Out("segments_max", "The same with the longest names that the clinic has.", example: 2) {
            $0.most.segments
        }
    }
}

/// What Meta is asked for, as an answer.
public struct ApprovedMessage: Output {
    let template: ApprovedTemplate
    let values: [String]
    let answer: String?

    /// The answer's members.
    public static let shape = OutputShape<ApprovedMessage> {
        Out("name", "The template's name.", example: "appointment_booked") { $0.template.name }
        Out("language", "Its language, as Meta writes it.", example: "hi") { $0.template.language }
        Out("parameters", "What fills its parameters, in their order.") { $0.values }
        Out("answer", "What is said instead within a day of the patient's own words; null for nothing.") {
            $0.answer
        }
    }
}
