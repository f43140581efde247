import HTML

/// The page of a mail as a clinic writes it: a few elements and attributes, and nothing that runs, fetches or
/// hides. It is checked when it is saved and never mended.
///
/// Written by hand: what is allowed is a dozen words, and libxml2's HTML reader mends what it reads.
struct MailPage {
    /// What keeps a page from being one.
    enum Flaw: String, CaseIterable, Sendable {
        case element = "holds an element other than those of plain text: no script, style, image or form"
        case attribute = "holds an attribute other than href, title, lang, dir and style"
        case address = "links to something other than https:, mailto: or tel:"
        case style = "has a style with more than names and plain values"
        case placeholder = "has a placeholder within a tag: only text can be filled in"
        case broken = "has tags that do not close in the order in which they open"
    }

    private static let elements: Set = [
        "p", "br", "div", "span", "h1", "h2", "h3", "a", "strong", "em", "b", "i", "u", "small", "ul", "ol",
        "li", "table", "tbody", "thead", "tr", "th", "td", "hr", "blockquote",
    ]
    private static let void: Set = ["br", "hr"]
    private static let attributes: Set = ["href", "title", "lang", "dir", "style"]
    private static let schemes = ["https://", "mailto:", "tel:"]

    /// Everything that is wrong, each kind once.
    static func flaws(of html: String) -> [Flaw] {
        var page = MailPage()
        page.read(html)
        return Flaw.allCases.filter(page.flaws.contains)
    }

    private var flaws: Set<Flaw> = []
    private var open: [String] = []

    /// Scalars, not characters: browsers know no others, and an accent may follow a quote.
    private typealias Text = Substring.UnicodeScalarView

    private mutating func read(_ html: String) {
        var rest = html[...].unicodeScalars
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            guard let end = Self.end(of: rest) else {
                flaws.insert(.broken)
                return
            }
            read(tag: rest[..<end])
            rest = rest[rest.index(after: end)...]
        }
        if !open.isEmpty { flaws.insert(.broken) }
    }

    /// The bracket that closes a tag: one within quotes does not.
    private static func end(of tag: Text) -> Text.Index? {
        var quote: Unicode.Scalar?
        return tag.indices.first { index in
            let sign = tag[index]
            if let open = quote {
                if sign == open { quote = nil }
                return false
            }
            if sign == "\"" || sign == "'" { quote = sign }
            return sign == ">"
        }
    }

    private mutating func read(tag: Text) {
        if tag.contains("{") || tag.contains("}") { flaws.insert(.placeholder) }
        let isClosing = tag.first == "/"
        let body = isClosing ? tag.dropFirst() : tag
        let name = body.prefix { Self.isLetter($0) || ("0"..."9").contains($0) }
        let fields = body.dropFirst(name.count), element = String(name).lowercased()
        guard Self.elements.contains(element) else {
            flaws.insert(.element)
            return
        }
        if isClosing {
            if open.popLast() != element || !fields.allSatisfy(Self.isSpace) { flaws.insert(.broken) }
        } else {
            if !Self.void.contains(element) { open.append(element) }
            read(fields: fields)
        }
    }

    /// `name="value"`, quoted, with white space before each.
    private mutating func read(fields: Text) {
        var rest = fields
        while true {
            let isApart = rest.first.map(Self.isSpace) ?? true
            rest = rest.drop(while: Self.isSpace)
            if rest.isEmpty || rest.elementsEqual("/".unicodeScalars) { return }
            let name = rest.prefix(while: Self.isLetter)
            rest = rest.dropFirst(name.count)
            let quote = rest.dropFirst().first
            guard isApart, rest.first == "=", let quote, quote == "\"" || quote == "'",
                let end = rest.dropFirst(2).firstIndex(of: quote)
            else {
                flaws.insert(.attribute)
                return
            }
            read(attribute: String(name).lowercased(), String(rest.dropFirst(2)[..<end]))
            rest = rest[rest.index(after: end)...]
        }
    }

    private mutating func read(attribute name: String, _ value: String) {
        switch name {
        case "href" where !Self.schemes.contains(where: value.hasPrefix): flaws.insert(.address)
        case "style" where value.unicodeScalars.contains(where: "(\\@&<".unicodeScalars.contains):
            flaws.insert(.style)
        case let name where !Self.attributes.contains(name): flaws.insert(.attribute)
        default: break
        }
    }

    private static func isLetter(_ sign: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(sign) || ("A"..."Z").contains(sign)
    }

    private static func isSpace(_ sign: Unicode.Scalar) -> Bool {
        sign == " " || sign == "\n" || sign == "\t"
    }
}

extension MailPage {
    /// The whole page: what was written, with the values put in as text.
    static func filled(
        _ html: String, with values: [String: String], language: String, isRightToLeft: Bool
    ) -> String {
        let safe = values.mapValues { String(decoding: Markup(text: $0).bytes, as: UTF8.self) }
        let direction = isRightToLeft ? "rtl" : "ltr"
        return "<!doctype html>\n<html lang=\"\(language)\"><body dir=\"\(direction)\">"
            + Sentences.filled(html, with: safe) + "</body></html>"
    }
}
