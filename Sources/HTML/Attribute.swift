/// One attribute: its name is ours, its value may be anybody's.
public struct Attribute: Sendable {
    let name: StaticString
    let value: String?

    /// An attribute by name. Links go through `href` and `action`, which refuse an address that would run as
    /// a script.
    public init(_ name: StaticString, _ value: String) {
        self.name = name
        self.value = value
    }

    /// An attribute that means something by standing there: `hidden`, `required`, `open`.
    public init(flag name: StaticString) {
        self.name = name
        self.value = nil
    }

    /// Where a link leads.
    public static func href(_ address: String) -> Self { Self("href", safe(address)) }

    /// Where a form is sent.
    public static func action(_ address: String) -> Self { Self("action", safe(address)) }

    /// How the style sheet calls it.
    public static func `class`(_ names: String) -> Self { Self("class", names) }

    /// How a link within the page calls it.
    public static func id(_ name: String) -> Self { Self("id", name) }

    /// The language of its words.
    public static func lang(_ tag: String) -> Self { Self("lang", tag) }

    /// Only addresses that lead somewhere: a `javascript:` or `data:` link would run as us.
    static func safe(_ address: String) -> String {
        let schemes = ["http://", "https://", "mailto:", "tel:", "#", "?"]
        let isPath = address.hasPrefix("/") && !address.hasPrefix("//") && !address.hasPrefix("/\\")
        return isPath || schemes.contains(where: address.hasPrefix) ? address : "#"
    }
}
