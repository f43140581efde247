public import Vocabulary

/// Every sentence that Nadi says by itself, in each of its languages. A key that a language lacks fails the
/// tests; at run time the next language of the chain is taken, and English is whole.
public enum MessageCatalogue {
    /// The kinds of message, and what each may name.
    static let templates: [String: Set<String>] = [
        "appointment.booked": ["clinic", "practitioner", "location", "time"],
        "appointment.moved": ["clinic", "practitioner", "location", "time"],
        "appointment.cancelled": ["clinic", "practitioner", "location", "time"],
        "appointment.reminder": ["clinic", "practitioner", "location", "time"],
        "sign-in.code": ["clinic", "code", "minutes"],
    ]

    /// By language, then by template.
    static let sentences: [String: [String: Sentences]] = [
        "en": english, "hi": hindi, "mr": marathi, "ro": romanian, "ar": arabic,
    ]

    /// The language of the chain in which a template can be said: the reader's own, the one it is a kind of,
    /// the clinic's, English.
    static func language(for template: String, among chain: [Language]) -> Language? {
        let tags = chain.flatMap { [$0.tag, String($0.tag.prefix { $0 != "-" })] } + ["en"]
        return tags.first { sentences[$0]?[template] != nil }.flatMap { Language(tag: $0) }
    }

    /// What a message says, and what stands in its short text's placeholders, in their order. Nil for words
    /// that nobody wrote, or when a fact is missing.
    public static func words(
        _ template: String, for content: MessageContent, zone: Zone
    ) -> (words: MessageWords, values: [String])? {
        guard let language = language(for: template, among: content.languages),
            let sentences = sentences[language.tag]?[template], let known = templates[template]
        else { return nil }
        let values = content.facts.filter { known.contains($0.key) }.mapValues { fact in
            switch fact {
            case .text(let text): oneLine(text)
            case .time(let instant): MomentWords.text(of: instant, in: zone, language)
            }
        }
        let needed = Sentences.placeholders(of: sentences.title + sentences.short + sentences.long)
        guard needed.allSatisfy({ values[$0] != nil }) else { return nil }
        let words = MessageWords(
            template: template, language: language, title: Sentences.filled(sentences.title, with: values),
            short: Sentences.filled(sentences.short, with: values),
            long: Sentences.filled(sentences.long, with: values), sender: values["clinic"] ?? "")
        return (words, Sentences.placeholders(of: sentences.short).compactMap { values[$0] })
    }

    /// A name may hold anything; in a sentence it stays one line.
    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 }.prefix(200))
    }
}

/// A moment as people of a language write it, by the clock on the wall where it happens.
enum MomentWords {
    private static let months: [String: [String]] = [
        "en": [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        "hi": [
            "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
        ],
        "mr": [
            "जानेवारी", "फेब्रुवारी", "मार्च", "एप्रिल", "मे", "जून", "जुलै", "ऑगस्ट", "सप्टेंबर", "ऑक्टोबर", "नोव्हेंबर",
            "डिसेंबर",
        ],
        "ro": [
            "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august", "septembrie",
            "octombrie", "noiembrie", "decembrie",
        ],
        "ar": [
            "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
    ]

    /// `4 January, 09:00`: at most 30 letters, which India's rules allow a placeholder.
    static func text(of instant: Instant, in zone: Zone, _ language: Language) -> String {
        let time = zone.clinicTime(at: instant), civil = time.day.civil
        let names = months[language.tag] ?? []
        let month = names.indices.contains(civil.month - 1) ? names[civil.month - 1] : "\(civil.month)"
        let clock = [time.minute / 60, time.minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(civil.day) \(month), \(clock[0]):\(clock[1])"
    }
}
