/// A finished piece of a page. It can only be made from escaped text, tags and text of the program itself.
public struct Markup: Sendable, Hashable {
    /// The piece as UTF-8, ready to leave.
    public private(set) var bytes: [UInt8]

    /// Nothing.
    public init() {
        bytes = []
    }

    /// Text as a person wrote it: everything that HTML would read as grammar is escaped.
    public init(text: some StringProtocol) {
        bytes = []
        bytes.reserveCapacity(text.utf8.count)
        bytes.append(escaping: text)
    }

    /// Markup that stands in the source code: a literal cannot carry anybody's input.
    public init(raw literal: StaticString) {
        bytes = literal.withUTF8Buffer { Array($0) }
    }

    /// A whole document with its doctype.
    public static func document(language: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
        var page = Markup(raw: "<!doctype html>\n")
        page.append(Tag.html(.lang(language), content: content))
        return page
    }

    mutating func append(_ other: Markup) {
        bytes.append(contentsOf: other.bytes)
    }

    mutating func append(literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ attribute: Attribute) {
        bytes.append(UInt8(ascii: " "))
        append(literal: attribute.name)
        guard let value = attribute.value else { return }
        append(literal: "=\"")
        bytes.append(escaping: value)
        bytes.append(UInt8(ascii: "\""))
    }
}

extension [UInt8] {
    /// The same five characters everywhere, so that a text may move from content into an attribute unharmed.
    fileprivate mutating func append(escaping text: some StringProtocol) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): append(contentsOf: "&#39;".utf8)
            default: append(byte)
            }
        }
    }
}
