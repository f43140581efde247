import Reception
import Tenancy
import Vocabulary

/// What the pages behind the link of an invitation say, in each of Nadi's languages.
enum InvitationWords {
    typealias Words = (title: String, question: String, button: String, done: String, next: String)

    static let english: Words = (
        "Do you want to work with us?", "By accepting you can sign in as one of the staff.", "Accept",
        "Welcome.", "Sign in with the code that is sent to the address at which you were invited."
    )

    static let all: [String: Words] = [
        "en": english,
        "hi": (
            "क्या आप हमारे साथ काम करना चाहते हैं?", "स्वीकार करने पर आप स्टाफ़ के रूप में साइन इन कर सकेंगे।", "स्वीकार करें",
            "स्वागत है।", "जिस पते पर आपको बुलाया गया, उस पर भेजे गए कोड से साइन इन करें।"
        ),
        "mr": (
            "तुम्हाला आमच्यासोबत काम करायचे आहे का?", "स्वीकारल्यावर तुम्ही कर्मचारी म्हणून साइन इन करू शकाल.", "स्वीकारा",
            "स्वागत आहे.", "ज्या पत्त्यावर तुम्हाला बोलावले, त्यावर पाठवलेल्या कोडने साइन इन करा."
        ),
        "ro": (
            "Doriți să lucrați cu noi?", "După acceptare vă puteți autentifica drept membru al personalului.",
            "Accept", "Bun venit.", "Autentificați-vă cu codul trimis la adresa la care ați fost invitat."
        ),
        "ar": (
            "هل تريد العمل معنا؟", "بعد القبول يمكنك تسجيل الدخول كأحد الموظفين.", "قبول", "مرحبًا بك.",
            "سجّل الدخول بالرمز الذي يُرسل إلى العنوان الذي دُعيت عليه."
        ),
    ]

    /// The one field that the button sends.
    static let field = (name: "Invitation", value: "Accept")

    static func asking(of tenant: Tenant, at path: String) -> ShortPage {
        let (tag, words) = words(of: tenant)
        return ShortPage(
            in: tag, words.title, [tenant.name, words.question],
            button: ShortPage.Button(words.button, sending: field, to: path))
    }

    static func done(of tenant: Tenant) -> ShortPage {
        let (tag, words) = words(of: tenant)
        return ShortPage(in: tag, words.done, [tenant.name, words.next])
    }

    private static func words(of tenant: Tenant) -> (tag: String, Words) {
        let tags = tenant.configuration.languages.flatMap { [$0.tag, String($0.tag.prefix { $0 != "-" })] }
        let tag = tags.first { all[$0] != nil } ?? "en"
        return (tag, all[tag] ?? english)
    }
}
