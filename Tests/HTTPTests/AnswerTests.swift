import EventLoop
import Glibc
import HTTP
import Testing

@Suite("How answers leave", .serialized)
struct AnswerTests {
    private func ask(_ request: String, toHead: Bool = false) async throws -> RawClient.Answer {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send(request)
            return try client.answer(toHead: toHead)
        }
    }

    @Test("HEAD has the head of GET and no body")
    func head() async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send("HEAD /a HTTP/1.1¶Host: x¶¶")
            let answer = try client.answer(toHead: true)
            #expect(answer.status == 200)
            #expect(answer.field("Content-Length") == "9")
            client.send("GET / HTTP/1.1¶Host: x¶¶")
            #expect(try client.answer().body.text == "GET /? ")
        }
    }

    @Test("every answer is dated")
    func dated() async throws {
        let date = try #require(try await ask("GET / HTTP/1.1¶Host: x¶¶").field("Date"))
        #expect(date.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/) != nil)
    }

    @Test("an interim answer invites the body, and only when the client waits for it")
    func interim() async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send("POST / HTTP/1.1¶Host: x¶Expect: 100-continue¶Content-Length: 2¶¶")
            #expect(client.receive(within: 2_000)?.text == "HTTP/1.1 100 Continue\r\n\r\n")
            client.send("hi")
            #expect(try client.answer().body.text == "POST /? hi")
            client.send("POST / HTTP/1.1¶Host: x¶Expect: 100-continue¶Content-Length: 2¶¶hi")
            #expect(client.receive(within: 2_000)?.text.hasPrefix("HTTP/1.1 200") == true)
        }
    }

    @Test("a body that would be refused is not invited")
    func uninvited() async throws {
        let answer = try await ask("POST /small HTTP/1.1¶Host: x¶Expect: 100-continue¶Content-Length: 20¶¶")
        #expect(answer.status == 413)
    }

    @Test("a stream comes in chunks, whole, and the connection serves on")
    func stream() async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send("GET /stream?3 HTTP/1.1¶Host: x¶¶GET / HTTP/1.1¶Host: x¶¶")
            let answers = try client.answers(2)
            #expect(answers.map(\.body.text) == ["piece 0;piece 1;piece 2;", "GET /? "])
        }
    }

    @Test("a stream to an HTTP/1.0 client ends with the connection")
    func oldStream() async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send("GET /stream?2 HTTP/1.0¶Connection: keep-alive¶¶")
            let all = try #require(client.receiveAll()?.text)
            #expect(all.hasSuffix("\r\n\r\npiece 0;piece 1;"))
            #expect(!all.contains("chunked"))
        }
    }

    @Test("a stream that fails is cut, so that half is never taken for the whole")
    func brokenStream() async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send("GET /broken-stream HTTP/1.1¶Host: x¶¶")
            let all = try #require(client.receiveAll())
            #expect(all.text.contains("half"))
            #expect(RawClient.parse(all, toHead: false) == nil)
        }
    }

    @Test("long text is compressed for those who ask, and caches are told")
    func gzip() async throws {
        let packed = try await ask("GET /long?5000 HTTP/1.1¶Host: x¶Accept-Encoding: br, gzip;q=0.5¶¶")
        #expect(packed.field("Content-Encoding") == "gzip")
        #expect(packed.field("Vary") == "Accept-Encoding")
        #expect(packed.body.count < 500)
        #expect(packed.body.starts(with: [0x1f, 0x8b]))
        let plain = try await ask("GET /long?5000 HTTP/1.1¶Host: x¶¶")
        #expect(plain.field("Content-Encoding") == nil)
        #expect(plain.field("Vary") == "Accept-Encoding")
        #expect(plain.body.count == 5_000)
    }

    @Test(
        "what is short, strongly tagged or unwanted is not compressed",
        arguments: [
            ("/long?500", "gzip"), ("/long?5000,strong", "gzip"), ("/long?5000", "gzip;q=0"),
            ("/long?5000", "*;q=0"), ("/long?5000", "br"), ("/long?5000", "gzip;q=x"),
        ])
    func notCompressed(path: String, accepted: String) async throws {
        let answer = try await ask("GET \(path) HTTP/1.1¶Host: x¶Accept-Encoding: \(accepted)¶¶")
        #expect(answer.field("Content-Encoding") == nil)
    }

    @Test("a weakly tagged answer is compressed")
    func weaklyTagged() async throws {
        let answer = try await ask("GET /long?5000,weak HTTP/1.1¶Host: x¶Accept-Encoding: *¶¶")
        #expect(answer.field("Content-Encoding") == "gzip")
    }

    @Test(
        "a file is sent whole or by one range",
        arguments: [
            ("", 200, "0123456789"), ("Range: bytes=2-4¶", 206, "234"), ("Range: bytes=7-¶", 206, "789"),
            ("Range: bytes=-3¶", 206, "789"), ("Range: bytes=8-99¶", 206, "89"),
            ("Range: bytes=-99¶", 206, "0123456789"),
            ("Range: bytes=10-¶", 416, "{\"status\":416}"), ("Range: bytes=-0¶", 416, "{\"status\":416}"),
            ("Range: bytes=4-2¶", 200, "0123456789"), ("Range: bytes=0-1,4-5¶", 200, "0123456789"),
            ("Range: lines=1-2¶", 200, "0123456789"), ("Range: bytes=+1-2¶", 200, "0123456789"),
            ("Range: bytes=2-4¶If-Range: \"v1\"¶", 206, "234"),
            ("Range: bytes=2-4¶If-Range: \"v0\"¶", 200, "0123456789"),
            ("Range: bytes=2-4¶If-Range: W/\"v1\"¶", 200, "0123456789"),
        ])
    func ranges(fields: String, status: Int, body: String) async throws {
        try writeFile(Array("0123456789".utf8))
        let answer = try await ask("GET /file HTTP/1.1¶Host: x¶\(fields)¶")
        #expect(answer.status == status)
        #expect(answer.body.text == body)
        #expect(answer.field("Content-Range") == contentRange(status, body))
    }

    private func contentRange(_ status: Int, _ body: String) -> String? {
        guard status != 200 else { return nil }
        guard status == 206, let first = body.first, let last = body.last else { return "bytes */10" }
        return "bytes \(first)-\(last)/10"
    }

    @Test("a file of many megabytes arrives unharmed by sendfile, behind a pipelined answer")
    func bigFile() async throws {
        let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try writeFile(bytes)
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send("GET /1 HTTP/1.1¶Host: x¶¶GET /file HTTP/1.1¶Host: x¶Connection: close¶¶")
            let all = try #require(client.receiveAll())
            #expect(all.suffix(bytes.count).elementsEqual(bytes))
        }
    }

    private func writeFile(_ bytes: [UInt8]) throws {
        let descriptor = open(EchoApplication.filePath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    }

    @Test("a big answer waits for a slow reader and arrives whole")
    func bigAnswer() async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port, receiveBuffer: 4_096)
            client.send("GET /long?4000000 HTTP/1.1¶Host: x¶Connection: close¶¶")
            try await Task.sleep(for: .milliseconds(50))
            let all = try #require(client.receiveAll())
            #expect(all.count > 4_000_000)
            #expect(all.text.hasSuffix("words and words and "))
        }
    }

    @Test("pipelined answers leave together, in order")
    func gathered() async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send((0..<20).map { "GET /\($0) HTTP/1.1¶Host: x¶¶" }.joined())
            #expect(try client.answers(20).map(\.body.text) == (0..<20).map { "GET /\($0)? " })
        }
    }

    @Test("an answer does not wait for a slow one behind it")
    func notHeldUp() async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            let start = ContinuousClock.now
            client.send("GET /quick HTTP/1.1¶Host: x¶¶GET /slow?3000 HTTP/1.1¶Host: x¶¶")
            #expect(client.receive(within: 2_000)?.text.contains("GET /quick") == true)
            #expect(ContinuousClock.now - start < .milliseconds(2_500))
            #expect(try client.answer().body.text == "slow ")
        }
    }
}
