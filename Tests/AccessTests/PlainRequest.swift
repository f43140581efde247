import Vocabulary

@testable import HTTP

/// A request that carries nothing.
func plainRequest() throws -> HTTPRequest {
    let parser = RequestParser(limits: .init())
    Array("GET / HTTP/1.1\r\nHost: sunrise.localhost\r\n\r\n".utf8).withUnsafeBytes { parser.receive($0) }
    guard case .request(let head, let body) = try parser.next() else {
        throw Refusal("The request is not whole.")
    }
    return HTTPRequest(head: head, body: body, peer: Peer(.loopback, trusted: []))
}
