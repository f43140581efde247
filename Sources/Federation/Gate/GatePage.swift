import HTML
import HTTP
import Reception
import Tenancy

/// The pages of the gate: forms without a script, each carrying the ticket that says what for.
struct GatePage: Sendable {
    /// Where the forms go.
    static let path = "/oauth/sign-in"
    /// Where somebody says what a program may know.
    static let consentPath = "/oauth/consent"
    /// Where somebody says whether they want to sign out.
    static let signOutPath = "/oauth/sign-out"

    let clinic: String
    let language: String
    let words: GateWords
    let ticket: String
    /// The program that asks; nil on the way to a page of the clinic.
    let program: String?
    /// What was wrong with what was sent before.
    var complaint: String?

    /// Asks who it is.
    func signIn(_ issuers: [(id: String, name: String)], login: String? = nil) -> Markup {
        page(words.signIn) {
            Tag.p { purpose }
            note
            form(to: Self.path) {
                field("login", words.login, value: login, hint: "username")
                field(
                    "password", words.password, type: "password", isRequired: false, hint: "current-password")
                Tag.p {
                    button(words.signIn, sending: ("step", "password"))
                    " "
                    button(words.sendCode, sending: ("step", "ask"))
                }
            }
            for issuer in issuers {
                Tag.p {
                    Tag.a(.href("/v1/auth/providers/\(issuer.id)/start?ticket=\(ticket)")) {
                        words.by.with(["issuer": issuer.name])
                    }
                }
            }
        }
    }

    /// Asks for the code that was sent.
    func code(_ challenge: String, for login: String) -> Markup {
        page(words.codeTitle) {
            Tag.p { said(words.codeSent) }
            note
            form(to: Self.path) {
                hidden("challenge", challenge)
                hidden("login", login)
                field("code", words.digits, hint: "one-time-code", mode: "numeric")
                Tag.p { button(words.signIn, sending: ("step", "code")) }
            }
            form(to: Self.path) {
                hidden("login", login)
                Tag.p { button(words.again, sending: ("step", "ask")) }
            }
        }
    }

    /// Asks who of several it is.
    func choice(_ people: [(id: String, name: String)], _ challenge: String, _ code: String) -> Markup {
        page(words.whoTitle) {
            form(to: Self.path) {
                hidden("challenge", challenge)
                hidden("code", code)
                hidden("step", "code")
                for person in people { Tag.p { button(person.name, sending: ("person", person.id)) } }
            }
        }
    }

    /// Asks for the second factor.
    func secondFactor(_ challenge: String) -> Markup {
        page(words.proofTitle) {
            Tag.p { words.proof }
            note
            form(to: Self.path) {
                hidden("challenge", challenge)
                field(
                    "code", words.appDigits, isRequired: false, hint: "one-time-code",
                    mode: "numeric")
                field("recovery_code", words.recovery, isRequired: false)
                Tag.p { button(words.goOn, sending: ("step", "second")) }
            }
        }
    }

    /// Says that there is no way on from here: the person owes a second factor and has none.
    func enrolment() -> Markup {
        page(words.proofTitle) {
            Tag.p { said(words.noProof) }
            Tag.p { said(words.enrol) }
        }
    }

    /// Asks whether the program may know these things.
    func consent(_ scopes: [OpenIDScope], of name: String) -> Markup {
        page(said(words.mayKnow)) {
            Tag.p { said(words.signedInAs, name: name) }
            Tag.ul {
                for scope in scopes { Tag.li { meaning(of: scope) } }
            }
            Tag.p { said(words.nothingElse) }
            form(to: Self.consentPath) {
                Tag.p {
                    button(words.allow, sending: ("decision", "allow"))
                    " "
                    button(words.deny, sending: ("decision", "deny"))
                }
            }
        }
    }

    /// Asks whether to sign out.
    func signOut(_ name: String) -> Markup {
        page(words.signOutTitle) {
            if program != nil { Tag.p { said(words.asksSignOut) } }
            Tag.p { said(words.youAre, name: name) }
            form(to: Self.signOutPath) {
                Tag.p {
                    button(words.signOut, sending: ("decision", "leave"))
                    " "
                    button(words.stay, sending: ("decision", "stay"))
                }
            }
        }
    }

    /// Says that nobody is signed in here any more.
    func signedOut() -> Markup {
        page(words.signedOut) { Tag.p { said(words.signedOutOf) } }
    }

    /// Says that nothing has changed.
    func staying() -> Markup {
        page(words.signedIn) { Tag.p { said(words.staying) } }
    }

    /// Says that it goes on, for a browser that does not by itself.
    func onward(to address: String, _ title: String? = nil) -> Markup {
        page(title ?? words.signedIn) {
            Tag.p { Tag.a(Attribute("href", address)) { words.goOn } }
        }
    }

    private var purpose: String { said(program == nil ? words.atClinic : words.asks) }

    private func said(_ sentence: String, name: String = "") -> String {
        sentence.with(["clinic": clinic, "program": program ?? "", "name": name])
    }

    @MarkupBuilder
    private var note: Markup {
        if let complaint { Tag.p(Attribute("role", "alert")) { Tag.strong { complaint } } }
    }

    private func meaning(of scope: OpenIDScope) -> String {
        switch scope {
        case .openID: words.knowsYou
        case .profile: words.knowsName
        case .email: words.knowsMail
        case .phone: words.knowsPhone
        }
    }

    private func page(_ title: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
        PageFrame.page(title: "\(title) – \(clinic)", language: language) {
            Tag.header(.class("top"), direction) { Tag.h1 { title } }
            Tag.main(direction) { content() }
            Tag.footer { clinic }
        }
    }

    private var direction: Attribute { Attribute("dir", language == "ar" ? "rtl" : "ltr") }

    private func form(to path: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
        Tag.form(.class("try"), Attribute("method", "post"), .action(path)) {
            hidden("ticket", ticket)
            content()
        }
    }

    private func hidden(_ name: String, _ value: String) -> Markup {
        Tag.input(Attribute("type", "hidden"), Attribute("name", name), Attribute("value", value))
    }

    private func field(
        _ name: String, _ label: String, type: String = "text", value: String? = nil,
        isRequired: Bool = true, hint: String = "off", mode: String = "text"
    ) -> Markup {
        Tag.label {
            label
            if isRequired {
                Tag.input(
                    Attribute("type", type), Attribute("name", name), Attribute("value", value ?? ""),
                    Attribute("autocomplete", hint), Attribute("inputmode", mode), Attribute(flag: "required")
                )
            } else {
                Tag.input(
                    Attribute("type", type), Attribute("name", name), Attribute("value", value ?? ""),
                    Attribute("autocomplete", hint), Attribute("inputmode", mode))
            }
        }
    }

    private func button(_ words: String, sending field: (name: String, value: String)) -> Markup {
        Tag.button(
            Attribute("type", "submit"), Attribute("name", field.name), Attribute("value", field.value)
        ) { words }
    }
}
