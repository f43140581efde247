import Testing

@testable import HTTP

@Suite("Bytes to requests")
struct RequestParserTests {
    /// What a parser said, in order, as text that can be compared.
    private func requests(of pieces: [ArraySlice<UInt8>]) -> [String] {
        let parser = RequestParser(limits: .init())
        var said: [String] = []
        do {
            for piece in pieces {
                piece.withUnsafeBytes { parser.receive($0) }
                try drain(parser, into: &said)
            }
        } catch {
            said.append("\(error)")
        }
        return said
    }

    private func drain(_ parser: RequestParser, into said: inout [String]) throws(RequestFault) {
        while true {
            switch try parser.next() {
            case .needsBytes: return
            case .head(let head):
                // As the server asks the application; so that a limit is met at every split, too.
                parser.bodyBytesMax = head.path == "/small" ? 10 : 1 << 20
            case .request(let head, let body):
                let fields = head.fields.map {
                    "\(head.bytes[$0.nameIndices])=\(head.bytes[$0.valueIndices])"
                }
                said.append("\(head.method) \(head.path) \(head.query) \(fields) \(body) \(head.keepsAlive)")
            }
        }
    }

    @Test("every split position of each message gives the same requests", arguments: RawCase.all)
    func everySplit(raw: RawCase) {
        let bytes = raw.wireBytes
        let whole = requests(of: [bytes[...]])
        let isLong = bytes.count > 2_000
        for split in stride(from: 1, to: bytes.count, by: isLong ? 997 : 1) {
            let parts = requests(of: [bytes[..<split], bytes[split...]])
            #expect(parts == whole, "split at \(split)")
        }
    }

    @Test(
        "a byte at a time gives the same requests",
        arguments: RawCase.all.filter { $0.wireBytes.count < 2_000 })
    func byteAtATime(raw: RawCase) {
        let bytes = raw.wireBytes
        #expect(requests(of: bytes.indices.map { bytes[$0...$0] }) == requests(of: [bytes[...]]))
    }

    @Test("trailers never become fields of this request or the next")
    func trailers() {
        let raw = RawCase(
            "",
            "POST / HTTP/1.1¶Host: x¶Transfer-Encoding: chunked¶¶1¶a¶0¶X-Planted: 1¶¶"
                + "GET /2 HTTP/1.1¶Host: x¶¶",
            [], .stays)
        let said = requests(of: [raw.wireBytes[...]])
        #expect(said.count == 2)
        let planted = "\(Array("X-Planted".utf8))"
        #expect(said.allSatisfy { !$0.contains(planted) })
    }

    @Test("a request leaves nothing behind, so an idle connection holds no buffer")
    func leavesNothing() throws {
        let parser = RequestParser(limits: .init())
        Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc".utf8).withUnsafeBytes {
            parser.receive($0)
        }
        guard case .head = try parser.next() else {
            Issue.record("no head")
            return
        }
        parser.bodyBytesMax = 3
        guard case .request(_, let body) = try parser.next() else {
            Issue.record("no request")
            return
        }
        #expect(body == Array("abc".utf8))
        #expect(parser.isEmpty)
    }
}
