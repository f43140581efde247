import HTTP
import Testing

@testable import WebSocket

@Suite("A handshake") struct HandshakeTests {
    static let good = [
        "Host": "asha.localhost:8080", "Upgrade": "websocket", "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ]

    private static func request(_ changes: [String: String]) throws -> HTTPRequest {
        let fields = good.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        let text = "GET /v1/live HTTP/1.1\r\n" + fields.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
        let parser = RequestParser()
        Array(text.utf8).withUnsafeBytes { parser.receive($0) }
        guard case .request(let head, let body) = try parser.next() else { throw RequestFault.malformed }
        return HTTPRequest(head: head, body: body)
    }

    @Test("is answered as in RFC 6455, 1.3")
    func accept() throws {
        #expect(try Handshake(Self.request([:])).accept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test(
        "may be spelt in several ways",
        arguments: [
            ["Upgrade": "WebSocket"], ["Connection": "keep-alive, Upgrade"], ["Connection": "UPGRADE"],
            ["Origin": "http://asha.localhost:8080"], ["Origin": "https://ASHA.localhost:8080"],
        ])
    func spellings(changes: [String: String]) throws { _ = try Handshake(Self.request(changes)) }

    @Test(
        "is none without each of its parts, or from another origin's page",
        arguments: [
            (["Upgrade": ""], Handshake.Flaw.notAsked), (["Upgrade": "h2c"], .notAsked),
            (["Connection": "close"], .notAsked),
            (["Sec-WebSocket-Version": "8"], .notAsked), (["Sec-WebSocket-Version": ""], .notAsked),
            (["Sec-WebSocket-Key": ""], .key), (["Sec-WebSocket-Key": "dGhlIHNhbXBsZQ=="], .key),
            (["Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ"], .key),
            (["Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25j!Q=="], .key),
            (["Origin": "http://ravi.localhost:8080"], .origin), (["Origin": "null"], .origin),
            (["Origin": "http://asha.localhost"], .origin),
            (["Origin": "http://asha.localhost:8080.evil.example"], .origin),
        ])
    func refused(changes: [String: String], flaw: Handshake.Flaw) throws {
        let request = try Self.request(changes)
        #expect(throws: flaw) { try Handshake(request) }
    }
}
