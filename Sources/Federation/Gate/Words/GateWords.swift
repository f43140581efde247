import Tenancy
import Vocabulary

/// What the gate's pages say in one language: `{clinic}` and the like stand for names.
struct GateWords: Sendable {
    /// Its heading, and its button.
    let signIn: String
    /// Why somebody is at the gate, when a program sent them.
    let asks: String
    /// Where they are, when none did.
    let atClinic: String
    /// What to type first.
    let login: String
    /// What to type then.
    let password: String
    /// A button.
    let sendCode: String
    /// A link to the clinic's own provider.
    let by: String
    /// A heading.
    let codeTitle: String
    /// What happened, whether or not the clinic knows them.
    let codeSent: String
    /// What to type.
    let digits: String
    /// A button.
    let again: String
    /// A heading, where several share a number.
    let whoTitle: String
    /// A heading.
    let proofTitle: String
    /// What to do.
    let proof: String
    /// What to type.
    let appDigits: String
    /// Or that.
    let recovery: String
    /// A button, and a link.
    let goOn: String
    /// Why there is no way on.
    let noProof: String
    /// What to do about it.
    let enrol: String
    /// A heading.
    let mayKnow: String
    /// Who would be known, and what follows is a list.
    let signedInAs: String
    /// What `openid` means.
    let knowsYou: String
    /// What `profile` means.
    let knowsName: String
    /// What `email` means.
    let knowsMail: String
    /// What `phone` means.
    let knowsPhone: String
    /// What it will not see.
    let nothingElse: String
    /// A button.
    let allow: String
    /// A button.
    let deny: String
    /// A heading.
    let signedIn: String
    /// A heading.
    let signOutTitle: String
    /// Who wants to know.
    let asksSignOut: String
    /// As whom.
    let youAre: String
    /// A button.
    let signOut: String
    /// A button.
    let stay: String
    /// What has become of it.
    let staying: String
    /// A heading.
    let signedOut: String
    /// What has become of it.
    let signedOutOf: String
    /// What went wrong.
    let wrongCode: String
    /// What went wrong, no more.
    let wrong: String
    /// What went wrong.
    let unlikely: String
    /// What went wrong.
    let wait: String

    /// In the clinic's most usual language that the pages know.
    static func words(of tenant: Tenant) -> (tag: String, words: GateWords) {
        for language in tenant.configuration.languages {
            let tag = String(language.tag.prefix { $0 != "-" })
            if let words = all[tag] { return (tag, words) }
        }
        return ("en", english)
    }

    static let all = [
        "en": english, "hi": hindi, "mr": marathi, "ro": romanian, "ar": arabic,
    ]
}

extension String {
    /// The sentence with its names in place. One pass: a name that looks like another's place stays a name.
    func with(_ names: [String: String]) -> String {
        var (whole, rest) = ("", self[...])
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            whole += rest[..<open] + (names[name] ?? "")
            rest = rest[rest.index(after: close)...]
        }
        return whole + rest
    }
}
