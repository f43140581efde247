import Vocabulary

/// Every sentence that Nadi says by itself, in each of its languages. A key that a language lacks fails the
/// tests; at run time the next language of the chain is taken, and English is whole.
enum MessageCatalogue {
    /// The kinds of message, and what each may name.
    static let kinds: [String: TemplateKind] = [
        "appointment.booked": .appointment,
        "appointment.moved": .appointment,
        "appointment.cancelled": .appointment,
        "appointment.reminder": .appointment,
        "sign-in.code": .code,
        "sign-in.reset": .code,
        "sign-in.address-changed": .notice,
        "staff.invited": .invitation,
        "record.opened": .emergency,
        "record.opened-of-ward": .emergency,
    ]

    /// By language, then by template.
    static let sentences: [String: [String: Sentences]] = [
        "en": english, "hi": hindi, "mr": marathi, "ro": romanian, "ar": arabic,
    ]

    /// Where words are looked for, in this order: the reader's own language, the one it is a kind of, the
    /// clinic's, English.
    static func tags(of chain: [Language]) -> [String] {
        var tags: [String] = []
        for tag in chain.flatMap({ [$0.tag, $0.base] }) + ["en"] where !tags.contains(tag) {
            tags.append(tag)
        }
        return tags
    }

    /// What stands in for the placeholders of a kind of message, in a language.
    static func values(
        of content: MessageContent, for kind: TemplateKind, in zone: Zone, _ language: Language
    ) -> [String: String] {
        let known = Set(kind.placeholders.map(\.rawValue))
        return content.facts.filter { known.contains($0.key) }.mapValues { fact in
            switch fact {
            case .text(let text): oneLine(text)
            case .time(let instant): MomentWords.text(of: instant, in: zone, language)
            case .role(let role): RoleWords.text(of: role, in: language)
            }
        }
    }

    /// A name may hold anything; in a sentence it stays one line.
    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 }.prefix(200))
    }
}

extension Language {
    /// The language that this one is a kind of: `pt` of `pt-BR`.
    var base: String { String(tag.prefix { $0 != "-" }) }
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

    /// `4 January, 09:00`: at most 30 letters, which India's rules allow a placeholder. In a language whose
    /// months nobody wrote down the day is written in figures.
    static func text(of instant: Instant, in zone: Zone, _ language: Language) -> String {
        let time = zone.clinicTime(at: instant), civil = time.day.civil
        let clock = [time.minute / 60, time.minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        let day = months[language.base].map { "\(civil.day) \($0[civil.month - 1])" } ?? time.day.text
        return "\(day), \(clock[0]):\(clock[1])"
    }

    /// The longest that a moment can be in a language.
    static func longest(in language: Language) -> String {
        let names = months[language.base] ?? []
        let month = names.max { $0.unicodeScalars.count < $1.unicodeScalars.count }
        return month.map { "28 \($0), 23:59" } ?? "2027-12-28, 23:59"
    }
}
