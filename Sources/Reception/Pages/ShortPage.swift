import HTML
public import HTTP
public import JSON
public import Shapes

/// A page of a few sentences and perhaps one button: what a link in a message leads to. It needs no script.
public struct ShortPage: Answerable {
    /// A form of one button.
    public struct Button: Sendable {
        let words: String
        let action: String
        let field: (name: String, value: String)

        /// A button that sends one field to `action`.
        public init(_ words: String, sending field: (name: String, value: String), to action: String) {
            (self.words, self.field, self.action) = (words, field, action)
        }
    }

    private let language: String
    private let title: String
    private let sentences: [String]
    private let button: Button?

    /// A page in one language, told by its tag.
    public init(in language: String, _ title: String, _ sentences: [String], button: Button? = nil) {
        (self.language, self.title, self.sentences) = (language, title, sentences)
        self.button = button
    }

    /// A page.
    public static var mediaType: StaticString { "text/html" }
    /// Text.
    public static var schema: Schema { .string(["description": "A page for people."]) }
    /// Nothing: a page is no JSON. `response` is what leaves.
    public func write(to writer: inout JSONWriter) { writer.string("") }

    /// The answer; nobody on the way keeps it.
    public var response: HTTPResponse {
        HTTPResponse(type: "text/html; charset=utf-8", body: markup.bytes)
    }

    private var markup: Markup {
        PageFrame.page(title: title, language: language) {
            Tag.main(Attribute("dir", isRightToLeft ? "rtl" : "ltr")) {
                Tag.h1 { title }
                for sentence in sentences { Tag.p { sentence } }
                if let button { form(button) }
            }
        }
    }

    private func form(_ button: Button) -> Markup {
        Tag.form(Attribute("method", "post"), .action(button.action)) {
            Tag.input(
                Attribute("type", "hidden"), Attribute("name", button.field.name),
                Attribute("value", button.field.value))
            Tag.button(Attribute("type", "submit")) { button.words }
        }
    }

    private var isRightToLeft: Bool { ["ar", "he", "fa", "ur"].contains(language.prefix { $0 != "-" }) }
}
