public import Database
public import Shapes

/// What a program can be let know of a person.
public enum OpenIDScope: String, CaseIterable, Sendable {
    /// Who it is: the same name at every visit, which means nothing elsewhere.
    case openID = "openid"
    /// What they are called, and their language.
    case profile
    /// Their mail address.
    case email
    /// Their telephone number.
    case phone

    /// Those of a request that are known, each once and in one order; unknown ones are passed over, as OpenID
    /// Connect has it.
    static func all(in text: String) -> [OpenIDScope] {
        let words = Set(text.split(separator: " ").map(String.init))
        return allCases.filter { words.contains($0.rawValue) }
    }
}

extension OpenIDScope: SQLValue, SQLElement, WireValue {}

extension [OpenIDScope] {
    /// As OAuth writes them.
    var text: String { map(\.rawValue).joined(separator: " ") }
}
