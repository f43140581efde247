import Crypto
public import HTML

/// What all our own pages share: head, style, and the policy that lets exactly this style and this script
/// run.
public enum PageFrame {
    /// The same for every page, so that it is computed once: the digests admit our text and not one letter
    /// more.
    static let contentPolicy: String = {
        let script = "script-src 'sha256-\(base64Digest(PageScript.source))'"
        let style = "style-src 'sha256-\(base64Digest(PageStyle.sheet))'"
        return "default-src 'none'; \(script); \(style); img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    }()

    /// A whole page of these parts.
    public static func page(
        title: String, language: String = "en", hasScript: Bool = false, @MarkupBuilder body: () -> Markup
    ) -> Markup {
        Markup.document(language: language) {
            Tag.head {
                Tag.meta(.init("charset", "utf-8"))
                Tag.meta(.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1"))
                Tag.title { title }
                Tag.link(.init("rel", "icon"), .href("/favicon.svg"), .init("type", "image/svg+xml"))
                Tag.style { Markup(raw: PageStyle.sheet) }
            }
            Tag.body {
                body()
                if hasScript { Tag.script { Markup(raw: PageScript.source) } }
            }
        }
    }

    /// A leaf on a round ground, small enough to be kept here.
    static let icon: StaticString = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\
        <circle cx="16" cy="16" r="16" fill="#0b6b57"/>\
        <path d="M9 23C8 13 13 8 24 8c0 10-4 15-12 15m-3 2c2-6 5-9 9-11" fill="none" stroke="#fff" stroke-width="2.4" \
        stroke-linecap="round" stroke-linejoin="round"/></svg>
        """

    private static func base64Digest(_ text: StaticString) -> String {
        Base64.text(of: SHA256.digest(of: text.withUTF8Buffer { Array($0) }))
    }
}
