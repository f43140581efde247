/// A telephone number or a mail address in its one normal form: however it was spelled, it is the same one.
public enum Identifier: Hashable, Sendable {
    /// E.164.
    case phone(String)
    /// ASCII, in lower case.
    case email(String)

    /// Reads what somebody typed. A number without a country's code is one of the clinic's own country.
    init?(_ text: String, for channel: CodeChannel, at home: String) {
        switch channel {
        case .sms, .whatsApp:
            guard let phone = PhoneText.normal(text, at: home) else { return nil }
            self = .phone(phone)
        case .email:
            guard let email = MailText.normal(text) else { return nil }
            self = .email(email)
        }
    }

    /// Reads what somebody typed where it may be either.
    public init?(typed text: String, at home: String) {
        self.init(text, for: text.contains("@") ? .email : .sms, at: home)
    }

    /// The normal form alone.
    public var text: String {
        switch self {
        case .phone(let text), .email(let text): text
        }
    }

    /// Both kinds in one space: what keyed hashes are made of.
    public var bytes: [UInt8] {
        switch self {
        case .phone(let text): Array("phone \(text)".utf8)
        case .email(let text): Array("email \(text)".utf8)
        }
    }

    /// The country of a telephone number; nil for mail, which has none, and for numbers of no country.
    var country: String? {
        if case .phone(let text) = self { CallingCodes.country(of: text) } else { nil }
    }
}
