import Testing

/// Bytes, and what a server must make of them. `¶` stands for CR LF.
struct RawCase: CustomTestStringConvertible, Sendable {
    enum End: Sendable {
        /// The server closes the connection.
        case closes
        /// The connection serves on.
        case stays
    }

    let name: String
    let bytes: String
    let statuses: [Int]
    let end: End
    /// The client says that it will send no more.
    var finishes = false
    /// The bodies, where they matter.
    var bodies: [String]?

    init(
        _ name: String, _ bytes: String, _ statuses: [Int], _ end: End, finishes: Bool = false,
        bodies: [String]? = nil
    ) {
        (self.name, self.bytes, self.statuses, self.end) = (name, bytes, statuses, end)
        (self.finishes, self.bodies) = (finishes, bodies)
    }

    var testDescription: String { name }
    var wireBytes: [UInt8] { Array(bytes.replacing("¶", with: "\r\n").utf8) }

    static let all = plain + framing + chunks + lines + fields + targets + versions + limits

    private static let plain: [RawCase] = [
        .init("get", "GET /a?b=c HTTP/1.1¶Host: x¶¶", [200], .stays, bodies: ["GET /a?b=c "]),
        .init("post", "POST / HTTP/1.1¶Host: x¶Content-Length: 2¶¶hi", [200], .stays, bodies: ["POST /? hi"]),
        .init("every method", methods, [200, 200, 200, 200, 200], .stays),
        .init("empty body", "POST / HTTP/1.1¶Host: x¶Content-Length: 0¶¶", [200], .stays),
        .init(
            "three in one packet", String(repeating: "GET /p HTTP/1.1¶Host: x¶¶", count: 3), [200, 200, 200],
            .stays),
        .init(
            "body, then next", "POST /1 HTTP/1.1¶Host: x¶Content-Length: 3¶¶abcGET /2 HTTP/1.1¶Host: x¶¶",
            [200, 200],
            .stays, bodies: ["POST /1? abc", "GET /2? "]),
        .init("a blank line before", "¶GET / HTTP/1.1¶Host: x¶¶", [200], .stays),
        .init("two blank lines before", "¶¶GET / HTTP/1.1¶Host: x¶¶", [400], .closes),
        .init("asked to close", "GET / HTTP/1.1¶Host: x¶Connection: close¶¶", [200], .closes),
        .init("half-close after the request", "GET / HTTP/1.1¶Host: x¶¶", [200], .closes, finishes: true),
        .init("half-close, slow handler", "GET /slow?200 HTTP/1.1¶Host: x¶¶", [200], .closes, finishes: true),
        .init("half-close of a pipeline", two, [200, 200], .closes, finishes: true),
        .init("end amid the head", "GET / HTTP/1.1¶Host:", [], .closes, finishes: true),
        .init(
            "end amid the body", "POST / HTTP/1.1¶Host: x¶Content-Length: 9¶¶abc", [], .closes, finishes: true
        ),
        .init(
            "upgrade is ignored", "GET / HTTP/1.1¶Host: x¶Connection: Upgrade¶Upgrade: h2c¶¶", [200], .stays),
        .init(
            "a body behind an upgrade is a body",
            "POST / HTTP/1.1¶Host: x¶Connection: Upgrade¶Upgrade: h2c¶Content-Length: 2¶¶hi"
                + "GET / HTTP/1.1¶Host: x¶¶",
            [200, 200], .stays),
        .init("no body: 204", "GET /nothing HTTP/1.1¶Host: x¶¶GET / HTTP/1.1¶Host: x¶¶", [204, 200], .stays),
        .init(
            "no body: 304", "GET /not-modified HTTP/1.1¶Host: x¶¶GET / HTTP/1.1¶Host: x¶¶", [304, 200], .stays
        ),
        .init(
            "known by its route, before the body", "POST /nowhere HTTP/1.1¶Host: x¶Content-Length: 9¶¶",
            [404], .closes),
        .init(
            "continue", "POST / HTTP/1.1¶Host: x¶Expect: 100-continue¶Content-Length: 2¶¶hi", [200], .stays),
        .init(
            "another expectation", "POST / HTTP/1.1¶Host: x¶Expect: tea¶Content-Length: 2¶¶hi", [417], .closes
        ),
        .init("expectation without a body", "GET / HTTP/1.1¶Host: x¶Expect: 100-Continue¶¶", [200], .stays),
    ]

    private static let two = "GET /1 HTTP/1.1¶Host: x¶¶GET /2 HTTP/1.1¶Host: x¶¶"
    private static let methods = ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .map { "\($0) / HTTP/1.1¶Host: x¶¶" }.joined()
    /// What must never be answered: it stands in what was a body to somebody else.
    private static let smuggled = "GET /smuggled HTTP/1.1¶Host: x¶¶"

    private static let framing: [RawCase] = [
        post("two lengths", "Content-Length: 5¶Content-Length: 6¶¶hello\(smuggled)"),
        post("two equal lengths", "Content-Length: 5¶Content-Length: 5¶¶hello\(smuggled)"),
        post("a list of lengths", "Content-Length: 5, 5¶¶hello\(smuggled)"),
        post("length and coding", "Content-Length: 5¶Transfer-Encoding: chunked¶¶0¶¶\(smuggled)"),
        post("coding and length", "Transfer-Encoding: chunked¶Content-Length: 5¶¶0¶¶\(smuggled)"),
        post("two codings", "Transfer-Encoding: chunked¶Transfer-Encoding: chunked¶¶0¶¶\(smuggled)", 501),
        post("another coding", "Transfer-Encoding: gzip¶¶hello", 501),
        post("a list of codings", "Transfer-Encoding: gzip, chunked¶¶0¶¶", 501),
        post("identity", "Transfer-Encoding: identity¶¶", 501),
        post("an obfuscated coding", "Transfer-Encoding: xchunked¶¶0¶¶\(smuggled)", 501),
        post("a quoted coding", "Transfer-Encoding: \"chunked\"¶¶0¶¶\(smuggled)", 501),
        post("a coding behind a vertical tab", "Transfer-Encoding: \u{0b}chunked¶¶0¶¶\(smuggled)"),
        post("a coding with a blank in its name", "Transfer-Encoding : chunked¶¶0¶¶\(smuggled)"),
        post("a negative length", "Content-Length: -5¶¶hello"),
        post("a length with a plus", "Content-Length: +5¶¶hello"),
        post("a hexadecimal length", "Content-Length: 0x5¶¶hello"),
        post("a length with an underscore", "Content-Length: 1_0¶¶hello"),
        post("an empty length", "Content-Length: ¶¶hello"),
        post("a length beyond 64 bits", "Content-Length: 99999999999999999999999¶¶hello"),
        post("a length beyond the limit", "Content-Length: 1048577¶¶", 413),
        post("a length near 64 bits", "Content-Length: 999999999999999999¶¶", 413),
        .init(
            "beyond the route's limit", "POST /small HTTP/1.1¶Host: x¶Content-Length: 11¶¶", [413], .closes),
        .init(
            "coding in HTTP/1.0", "POST / HTTP/1.0¶Host: x¶Transfer-Encoding: chunked¶¶0¶¶\(smuggled)", [400],
            .closes),
    ]

    private static func post(_ name: String, _ rest: String, _ status: Int = 400) -> RawCase {
        .init(name, "POST / HTTP/1.1¶Host: x¶\(rest)", [status], .closes)
    }

    private static let chunks: [RawCase] = [
        chunked("chunks", "3¶abc¶2¶de¶0¶¶", 200, body: "abcde"),
        chunked("an extension", "3;name=value¶abc¶0¶¶", 200, body: "abc"),
        chunked("trailers", "3¶abc¶0¶X-Marker: planted¶Host: other¶¶", 200, body: "abc"),
        chunked("leading zeros", "0003¶abc¶0¶¶", 200, body: "abc"),
        chunked("capital digits", "A¶0123456789¶0¶¶", 200, body: "0123456789"),
        chunked("a negative size", "-3¶abc¶0¶¶\(smuggled)", 400),
        chunked("garbage for a size", "xyz¶abc¶0¶¶\(smuggled)", 400),
        chunked("a size with 0x", "0x3¶abc¶0¶¶\(smuggled)", 400),
        chunked("a size beyond 64 bits", "fffffffffffffffff¶abc¶0¶¶\(smuggled)", 400),
        chunked("a size beyond the limit", "7fffffff¶abc", nil),
        chunked("a bare line feed after a size", "3\nabc¶0¶¶\(smuggled)", 400),
        chunked("a bare line feed after the data", "3¶abc\n0¶¶\(smuggled)", 400),
        chunked("data longer than its size", "3¶abcd¶0¶¶\(smuggled)", 400),
        chunked("an extension without end", "3;" + String(repeating: "x", count: 70_000), 400),
        chunked(
            "trailers without end", "0¶" + String(repeating: "X-T: aaaaaaaaaaaaaaaaaaaaaaaa¶", count: 3_000),
            400),
        chunked("a trailer with a bare line feed", "0¶X-T: a\nX-U: b¶¶\(smuggled)", 400),
        .init(
            "more than the route takes",
            "POST /small HTTP/1.1¶Host: x¶Transfer-Encoding: chunked¶¶b¶hello world¶0¶¶",
            [413], .closes),
    ]

    private static func chunked(_ name: String, _ rest: String, _ status: Int?, body: String? = nil)
        -> RawCase
    {
        .init(
            "chunked: \(name)", "POST /c HTTP/1.1¶Host: x¶Transfer-Encoding: chunked¶¶\(rest)",
            status.map { [$0] } ?? [],
            status == 200 || status == nil ? .stays : .closes, bodies: body.map { ["POST /c? \($0)"] })
    }

    private static let lines: [RawCase] = [
        bad("bare line feeds", "GET / HTTP/1.1\nHost: x\n\n"),
        bad("one bare line feed", "GET / HTTP/1.1¶Host: x\nX: y¶¶"),
        bad("a bare carriage return", "GET / HTTP/1.1¶Host: x¶X: a\rTransfer-Encoding: chunked¶¶"),
        bad("a carriage return in a name", "GET / HTTP/1.1¶Host: x¶X\r: a¶¶"),
        bad("a doubled carriage return", "GET / HTTP/1.1\r\r\nHost: x¶¶"),
        bad("a folded line", "GET / HTTP/1.1¶Host: x¶X: a¶ b¶¶"),
        bad("a folded line by tab", "GET / HTTP/1.1¶Host: x¶X: a¶\tb¶¶"),
        bad("a blank before the first field", "GET / HTTP/1.1¶ Host: x¶¶"),
        bad("a blank before a length (CVE-2024-27982)", "POST / HTTP/1.1¶Host: x¶ Content-Length: 5¶¶hello"),
        bad("NUL in a value", "GET / HTTP/1.1¶Host: x¶X: a\0b¶¶"),
        bad("NUL in the target", "GET /\0 HTTP/1.1¶Host: x¶¶"),
        bad("a bell in a value", "GET / HTTP/1.1¶Host: x¶X: a\u{07}b¶¶"),
        bad("DEL in a value", "GET / HTTP/1.1¶Host: x¶X: a\u{7f}b¶¶"),
    ]

    private static let fields: [RawCase] = [
        bad("a blank before the colon", "GET / HTTP/1.1¶Host : x¶¶"),
        bad("no colon", "GET / HTTP/1.1¶Host: x¶nonsense¶¶"),
        bad("an empty name", "GET / HTTP/1.1¶Host: x¶: y¶¶"),
        bad("a letter beyond ASCII in a name", "GET / HTTP/1.1¶Host: x¶Näme: y¶¶"),
        .init("a letter beyond ASCII in a value", "GET / HTTP/1.1¶Host: x¶X: nämé¶¶", [200], .stays),
        .init("an empty value", "GET / HTTP/1.1¶Host: x¶X:¶¶", [200], .stays),
        .init(
            "blanks around a value", "GET / HTTP/1.1¶Host: \t x \t¶X-Marker:  m  ¶¶", [200], .stays,
            bodies: ["GET /? m "]),
        bad("no host", "GET / HTTP/1.1¶¶"),
        bad("an empty host", "GET / HTTP/1.1¶Host:¶¶"),
        bad("two hosts", "GET / HTTP/1.1¶Host: a¶Host: b¶¶"),
        bad("two equal hosts", "GET / HTTP/1.1¶Host: a¶Host: a¶¶"),
        bad("a host with a path", "GET / HTTP/1.1¶Host: a/b¶¶"),
        bad("a host with an at sign", "GET / HTTP/1.1¶Host: a@b¶¶"),
        bad("a list of hosts", "GET / HTTP/1.1¶Host: a, b¶¶"),
        bad("a host with a wrong port", "GET / HTTP/1.1¶Host: a:65536¶¶"),
        bad("a host with letters for a port", "GET / HTTP/1.1¶Host: a:b¶¶"),
        .init("a host with a port", "GET / HTTP/1.1¶Host: a.localhost:8080¶¶", [200], .stays),
        .init("an IPv6 host", "GET / HTTP/1.1¶Host: [::1]:8080¶¶", [200], .stays),
        .init("a host with a trailing dot", "GET / HTTP/1.1¶Host: a.localhost.¶¶", [200], .stays),
    ]

    private static let targets: [RawCase] = [
        .init("absolute", "GET http://x/a?b HTTP/1.1¶Host: x¶¶", [200], .stays, bodies: ["GET /a?b "]),
        bad("absolute, of another host", "GET http://y/a HTTP/1.1¶Host: x¶¶"),
        bad("absolute, another scheme", "GET ftp://x/a HTTP/1.1¶Host: x¶¶"),
        bad("absolute, with a user", "GET http://u@x/a HTTP/1.1¶Host: x¶¶"),
        .init("asterisk", "OPTIONS * HTTP/1.1¶Host: x¶¶", [200], .stays, bodies: ["OPTIONS *? "]),
        bad("asterisk for another method", "GET * HTTP/1.1¶Host: x¶¶"),
        .init("authority", "CONNECT x:443 HTTP/1.1¶Host: x:443¶¶", [501], .closes),
        bad("authority for another method", "GET x:443 HTTP/1.1¶Host: x:443¶¶"),
        bad("a fragment", "GET /a#b HTTP/1.1¶Host: x¶¶"),
        bad("beyond ASCII", "GET /ä HTTP/1.1¶Host: x¶¶"),
        bad("a blank in the target", "GET /a b HTTP/1.1¶Host: x¶¶"),
        bad("no target", "GET HTTP/1.1¶Host: x¶¶"),
        bad("no slash", "GET a HTTP/1.1¶Host: x¶¶"),
        .init("a double slash", "GET //a HTTP/1.1¶Host: x¶¶", [200], .stays, bodies: ["GET //a? "]),
        .init("two question marks", "GET /a?b?c HTTP/1.1¶Host: x¶¶", [200], .stays, bodies: ["GET /a?b?c "]),
    ]

    private static let versions: [RawCase] = [
        .init("HTTP/1.0", "GET / HTTP/1.0¶¶", [200], .closes),
        .init("HTTP/1.0, kept", "GET / HTTP/1.0¶Connection: keep-alive¶¶", [200], .stays),
        bad("HTTP/0.9", "GET /¶"),
        bad("HTTP/0.9 and a bare line feed", "GET /\n"),
        .init("HTTP/0.9, said aloud", "GET / HTTP/0.9¶Host: x¶¶", [505], .closes),
        .init("HTTP/2.0", "GET / HTTP/2.0¶Host: x¶¶", [505], .closes),
        .init("HTTP/2 with prior knowledge", "PRI * HTTP/2.0¶¶SM¶¶", [505], .closes),
        .init("HTTP/9.9", "GET / HTTP/9.9¶Host: x¶¶", [505], .closes),
        .init("HTTP/1.2", "GET / HTTP/1.2¶Host: x¶¶", [505], .closes),
        bad("HTTP/1.1x", "GET / HTTP/1.1x¶Host: x¶¶"),
        bad("HTTP/01.1", "GET / HTTP/01.1¶Host: x¶¶"),
        bad("http/1.1", "GET / http/1.1¶Host: x¶¶"),
        bad("a small method", "get / HTTP/1.1¶Host: x¶¶"),
        .init("an unknown method", "BREW / HTTP/1.1¶Host: x¶¶", [501], .closes),
        .init("a method of WebDAV", "PROPFIND / HTTP/1.1¶Host: x¶¶", [501], .closes),
        bad("a TLS hello", "\u{16}\u{03}\u{01}\u{02}\0\u{01}\0"),
        bad("SSH", "\u{20}SSH-2.0-OpenSSH¶"),
    ]

    private static let limits: [RawCase] = [
        .init("a hundred fields", many(99), [200], .stays),
        .init("a hundred and one fields", many(100), [431], .closes),
        .init(
            "a value of 20 KB", "GET / HTTP/1.1¶Host: x¶X: \(String(repeating: "a", count: 20_000))¶¶", [431],
            .closes),
        .init(
            "a field without end", "GET / HTTP/1.1¶Host: x¶X: \(String(repeating: "a", count: 20_000))",
            [431], .closes),
        .init(
            "a target of 8 KB", "GET /\(String(repeating: "a", count: 8_191)) HTTP/1.1¶Host: x¶¶", [200],
            .stays),
        .init(
            "a longer target", "GET /\(String(repeating: "a", count: 8_192)) HTTP/1.1¶Host: x¶¶", [414],
            .closes),
        .init("a target without end", "GET /\(String(repeating: "a", count: 20_000))", [414], .closes),
    ]

    private static func many(_ count: Int) -> String {
        "GET / HTTP/1.1¶Host: x¶" + (0..<count).map { "X-\($0): a¶" }.joined() + "¶"
    }

    private static func bad(_ name: String, _ bytes: String) -> RawCase { .init(name, bytes, [400], .closes) }
}
