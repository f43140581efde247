import Reception
import Tenancy
import Vocabulary

/// What the pages behind the link of a mail say, in each of Nadi's languages.
enum UnsubscribeWords {
    typealias Words = (title: String, question: String, button: String, done: String)

    static let english: Words = (
        "No more of these mails?", "You will still get codes that you ask for.", "No more of these mails",
        "You will get no more of these mails."
    )

    static let all: [String: Words] = [
        "en": english,
        "hi": (
            "ऐसे मेल बंद करें?", "आपके माँगे हुए कोड फिर भी आएँगे।", "ऐसे मेल बंद करें", "अब ऐसे मेल नहीं आएँगे।"
        ),
        "mr": (
            "असे मेल बंद करायचे?", "तुम्ही मागितलेले कोड तरीही येतील.", "असे मेल बंद करा", "आता असे मेल येणार नाहीत."
        ),
        "ro": (
            "Fără astfel de mesaje?", "Codurile pe care le cereți vor veni în continuare.",
            "Nu mai vreau astfel de mesaje", "Nu veți mai primi astfel de mesaje."
        ),
        "ar": (
            "إيقاف هذه الرسائل؟", "ستصلك الرموز التي تطلبها رغم ذلك.", "أوقف هذه الرسائل",
            "لن تصلك هذه الرسائل بعد الآن."
        ),
    ]

    static func asking(of tenant: Tenant, at path: String) -> ShortPage {
        let (tag, words) = words(of: tenant)
        return ShortPage(
            in: tag, words.title, [tenant.name, words.question],
            button: ShortPage.Button(words.button, sending: Unsubscribe.field, to: path))
    }

    static func done(of tenant: Tenant) -> ShortPage {
        let (tag, words) = words(of: tenant)
        return ShortPage(in: tag, words.done, [tenant.name])
    }

    private static func words(of tenant: Tenant) -> (tag: String, Words) {
        let tags = tenant.configuration.languages.flatMap { [$0.tag, String($0.tag.prefix { $0 != "-" })] }
        let tag = tags.first { all[$0] != nil } ?? "en"
        return (tag, all[tag] ?? english)
    }
}
