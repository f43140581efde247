import Vocabulary

/// Somebody who treats people, by what they are at the clinic and not by name. At most 30 letters, which
/// India's rules allow a placeholder.
enum RoleWords {
    /// Those who write clinical notes; anybody else is told of as `others`.
    private static let words: [String: [Role: String]] = [
        "en": [
            .physician: "a doctor", .vaidya: "an ayurveda physician",
            .panchakarmaTherapist: "a panchakarma therapist", .physiotherapist: "a physiotherapist",
            .physiotherapyAssistant: "a physiotherapist's assistant", .nurse: "a nurse",
        ],
        "hi": [
            .physician: "एक डॉक्टर", .vaidya: "एक वैद्य", .panchakarmaTherapist: "एक पंचकर्म थेरेपिस्ट",
            .physiotherapist: "एक फ़िज़ियोथेरेपिस्ट", .physiotherapyAssistant: "एक फ़िज़ियोथेरेपी सहायक",
            .nurse: "एक नर्स",
        ],
        "mr": [
            .physician: "डॉक्टर", .vaidya: "वैद्य", .panchakarmaTherapist: "पंचकर्म थेरपिस्ट",
            .physiotherapist: "फिजिओथेरपिस्ट", .physiotherapyAssistant: "फिजिओथेरपी सहाय्यक", .nurse: "नर्स",
        ],
        "ro": [
            .physician: "un medic", .vaidya: "un medic ayurveda",
            .panchakarmaTherapist: "un terapeut panchakarma", .physiotherapist: "un fizioterapeut",
            .physiotherapyAssistant: "un asistent de fizioterapie", .nurse: "un asistent medical",
        ],
        "ar": [
            .physician: "طبيب", .vaidya: "طبيب أيورفيدا", .panchakarmaTherapist: "معالج بانشاكارما",
            .physiotherapist: "أخصائي علاج طبيعي", .physiotherapyAssistant: "مساعد علاج طبيعي",
            .nurse: "ممرض",
        ],
    ]

    /// Somebody of a role that the clinic has made, or of one that treats nobody.
    private static let others = [
        "en": "somebody who treats patients", "hi": "एक चिकित्साकर्मी", "mr": "उपचार करणारे कर्मचारी",
        "ro": "cineva care tratează pacienți", "ar": "أحد المعالجين",
    ]

    /// What a role's name is called; in a language that nobody wrote down, in English.
    static func text(of role: String, in language: Language) -> String {
        let tag = others[language.base] == nil ? "en" : language.base
        let known = Role(rawValue: role).flatMap { words[tag]?[$0] }
        return known ?? others[tag] ?? ""
    }

    /// The longest that a role can be in a language.
    static func longest(in language: Language) -> String {
        let all = Role.allCases.map { text(of: $0.rawValue, in: language) }
        return all.max { $0.unicodeScalars.count < $1.unicodeScalars.count } ?? ""
    }
}
