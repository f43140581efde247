import HTML
public import HTTP
public import JSON
public import Shapes

/// What the gate answers a browser: a page, or the way on. It needs no script.
public struct GateAnswer: Answerable {
    private enum Content: Sendable {
        case page(Markup)
        case away(String)
        case onward(Markup, String)
    }

    private let content: Content
    private var cookies: [SetCookie] = []

    /// A page.
    static func page(_ markup: Markup) -> GateAnswer { GateAnswer(content: .page(markup)) }
    /// Straight on, for whoever came by a link.
    static func away(to address: String) -> GateAnswer { GateAnswer(content: .away(address)) }
    /// On by way of a page, for whoever came by a form: browsers follow forms only where the page that showed
    /// them allowed it, and a cookie that is strict comes along only from a page of one's own.
    static func onward(_ markup: Markup, to address: String) -> GateAnswer {
        GateAnswer(content: .onward(markup, address))
    }

    func keeping(_ more: [SetCookie?]) -> GateAnswer {
        var copy = self
        copy.cookies += more.compactMap(\.self)
        return copy
    }

    /// A page.
    public static var mediaType: StaticString { "text/html" }
    /// Text.
    public static var schema: Schema { .string(["description": "A page for people."]) }
    /// Nothing: a page is no JSON. `response` is what leaves.
    public func write(to writer: inout JSONWriter) { writer.string("") }

    /// The answer; nobody on the way keeps it, and its length tells nothing of what is sealed in it.
    public var response: HTTPResponse {
        var response = HTTPResponse(status: 303)
        switch content {
        case .page(let markup): response = Self.response(markup)
        case .away(let address): response.fields.add(.location, address)
        case .onward(let markup, let address):
            response = Self.response(markup)
            response.fields.add(FieldName("Refresh"), "0; url=\(address)")
        }
        response.fields.add(.cacheControl, "no-store")
        response.mayCompress = false
        for cookie in cookies { response.fields.add(cookie) }
        return response
    }

    private static func response(_ markup: Markup) -> HTTPResponse {
        HTTPResponse(type: "text/html; charset=utf-8", body: markup.bytes)
    }
}
