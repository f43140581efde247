import HTML
import Testing

@Suite("Pages") struct MarkupTests {
    func text(_ markup: Markup) -> String { String(decoding: markup.bytes, as: UTF8.self) }

    @Test(
        "whatever a person writes stays text",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload='x'", "&quot; onload=&#39;x&#39;"), ("&amp;", "&amp;amp;"), ("धन्वंतरि", "धन्वंतरि"),
            ("", ""),
        ])
    func escaping(input: String, expected: String) {
        #expect(text(Tag.p { input }) == "<p>\(expected)</p>")
        #expect(text(Tag.p(.class(input))) == "<p class=\"\(expected)\"></p>")
    }

    @Test(
        "a link never runs as a script",
        arguments: [
            "javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x",
            "//evil.example", "/\\evil.example", "evil", "",
        ])
    func links(address: String) {
        #expect(text(Tag.a(.href(address)) { "x" }) == "<a href=\"#\">x</a>")
        #expect(text(Tag.form(.action(address))) == "<form action=\"#\"></form>")
    }

    @Test(
        "ordinary links stay",
        arguments: ["/docs", "#top", "https://a.example/b", "mailto:a@b.example", "?page=2"])
    func ordinaryLinks(address: String) {
        #expect(text(Tag.a(.href(address))) == "<a href=\"\(address)\"></a>")
    }

    @Test("content reads downwards, with conditions and loops")
    func builder() {
        let isOpen = true
        let list = Tag.ul {
            for name in ["a", "b"] { Tag.li { name } }
            if isOpen { Tag.li { "open" } } else { Tag.li { "closed" } }
            if !isOpen { Tag.li { "never" } }
        }
        #expect(text(list) == "<ul><li>a</li><li>b</li><li>open</li></ul>")
    }

    @Test("an element without content has no closing tag, a flag no value")
    func void() {
        #expect(text(Tag.input(.init("name", "q"), .init(flag: "required"))) == "<input name=\"q\" required>")
    }

    @Test("a document names its language")
    func document() {
        let page = Markup.document(language: "hi") { Tag.body { "क" } }
        #expect(text(page) == "<!doctype html>\n<html lang=\"hi\"><body>क</body></html>")
    }
}
