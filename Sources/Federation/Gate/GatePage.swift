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

    let clinic: String
    let ticket: String
    /// The program that asks; nil on the way to a page of the clinic.
    let program: String?
    /// What was wrong with what was sent before.
    var complaint: String?

    /// Asks who it is.
    func signIn(_ issuers: [(id: String, name: String)], login: String? = nil) -> Markup {
        page("Sign in") {
            Tag.p { purpose }
            note
            form(to: Self.path) {
                field("login", "Mail address or telephone number", value: login, hint: "username")
                field("password", "Password", type: "password", isRequired: false, hint: "current-password")
                Tag.p {
                    button("Sign in", sending: ("step", "password"))
                    " "
                    button("Send me a code", sending: ("step", "ask"))
                }
            }
            for issuer in issuers {
                Tag.p {
                    Tag.a(.href("/v1/auth/providers/\(issuer.id)/start?ticket=\(ticket)")) {
                        "Sign in with \(issuer.name)"
                    }
                }
            }
        }
    }

    /// Asks for the code that was sent.
    func code(_ challenge: String, for login: String) -> Markup {
        page("Your code") {
            Tag.p { "If \(clinic) knows you by that address or number, six digits are on their way to you." }
            note
            form(to: Self.path) {
                hidden("challenge", challenge)
                hidden("login", login)
                field("code", "The six digits", hint: "one-time-code", mode: "numeric")
                Tag.p { button("Sign in", sending: ("step", "code")) }
            }
            form(to: Self.path) {
                hidden("login", login)
                Tag.p { button("Send another one", sending: ("step", "ask")) }
            }
        }
    }

    /// Asks who of several it is.
    func choice(_ people: [(id: String, name: String)], _ challenge: String, _ code: String) -> Markup {
        page("Who of you is it?") {
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
        page("One more proof") {
            Tag.p { "Open your authenticator app, or take one of the codes that you wrote down." }
            note
            form(to: Self.path) {
                hidden("challenge", challenge)
                field(
                    "code", "The six digits that the app shows", isRequired: false, hint: "one-time-code",
                    mode: "numeric")
                field("recovery_code", "Or a recovery code", isRequired: false)
                Tag.p { button("Go on", sending: ("step", "second")) }
            }
        }
    }

    /// Says that there is no way on from here: the person owes a second factor and has none.
    func enrolment() -> Markup {
        page("One more proof is needed") {
            Tag.p { "\(clinic) asks you for a second factor, and you have none yet." }
            Tag.p { "Sign in to \(clinic) itself, set up an authenticator app there, and come back." }
        }
    }

    /// Asks whether the program may know these things.
    func consent(_ scopes: [OpenIDScope], of name: String) -> Markup {
        page("May \(program ?? "") know who you are?") {
            Tag.p { "You are signed in to \(clinic) as \(name). \(program ?? "") will know:" }
            Tag.ul {
                for scope in scopes { Tag.li { Self.words(of: scope) } }
            }
            Tag.p { "It will see nothing else of what \(clinic) keeps." }
            form(to: Self.consentPath) {
                Tag.p {
                    button("Allow", sending: ("decision", "allow"))
                    " "
                    button("Do not allow", sending: ("decision", "deny"))
                }
            }
        }
    }

    /// Says that it goes on, for a browser that does not by itself.
    func onward(to address: String) -> Markup {
        page("Signed in") {
            Tag.p { Tag.a(Attribute("href", address)) { "Go on" } }
        }
    }

    private var purpose: String {
        program.map { "\($0) asks \(clinic) who you are." } ?? "You are at \(clinic)."
    }

    @MarkupBuilder
    private var note: Markup {
        if let complaint { Tag.p(Attribute("role", "alert")) { Tag.strong { complaint } } }
    }

    private static func words(of scope: OpenIDScope) -> String {
        switch scope {
        case .openID: "that it is you, at every visit"
        case .profile: "your name and your language"
        case .email: "your mail address"
        case .phone: "your telephone number"
        }
    }

    private func page(_ title: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
        PageFrame.page(title: "\(title) – \(clinic)") {
            Tag.header(.class("top")) { Tag.h1 { title } }
            Tag.main { content() }
            Tag.footer { clinic }
        }
    }

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
