import EventLoop
import Glibc
import HTTP
import Synchronization

/// Says back what it was asked, so that a test sees what the engine made of the bytes.
struct EchoApplication: Application {
    static let filePath = "/tmp/nadi-http-test-\(getpid()).txt"

    final class Record: Sendable {
        let cancelled = Mutex<[String]>([])
        let handled = Mutex<[String]>([])
    }

    let record = Record()

    func bodyLimit(for head: RequestHead) -> BodyVerdict {
        switch head.path {
        case "/nowhere": .answer(HTTPResponse(status: 404, type: "text/plain", body: Array("nowhere".utf8)))
        case "/small": .upTo(10)
        default: .upTo(1 << 20)
        }
    }

    func refusal(_ status: HTTPStatus) -> HTTPResponse {
        HTTPResponse(
            status: status, type: "application/problem+json", body: Array("{\"status\":\(status.code)}".utf8))
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        record.handled.withLock { $0.append(request.path) }
        switch request.path {
        case "/slow": return await slow(request)
        case "/stream": return stream(request)
        case "/broken-stream": return brokenStream()
        case "/endless": return endless()
        case "/file": return file(tag: "\"v1\"")
        case "/long": return long(request)
        case "/not-modified": return HTTPResponse(status: 304)
        case "/nothing": return HTTPResponse(status: 204)
        case "/client": return text("\(request.clientAddress) \(request.isSecure)")
        default: return text(echo(request))
        }
    }

    private func echo(_ request: HTTPRequest) -> String {
        let marker = request[.marker].map { " \($0)" } ?? ""
        return "\(request.method.rawValue) \(request.path)?\(request.query)\(marker) \(request.body.text)"
    }

    private func text(_ words: String) -> HTTPResponse {
        HTTPResponse(type: "text/plain", body: Array(words.utf8))
    }

    private func slow(_ request: HTTPRequest) async -> HTTPResponse {
        do {
            let milliseconds = Int(request.query) ?? 300
            try await EventLoop.current?.sleep(for: .milliseconds(milliseconds))
            return text("slow \(request[.marker] ?? "")")
        } catch {
            record.cancelled.withLock { $0.append(request[.marker] ?? "") }
            return text("cancelled")
        }
    }

    private func stream(_ request: HTTPRequest) -> HTTPResponse {
        let count = Int(request.query) ?? 3
        return .stream(type: "text/plain") { writer in
            for piece in 0..<count { try await writer.write("piece \(piece);") }
        }
    }

    private func brokenStream() -> HTTPResponse {
        .stream(type: "text/plain") { writer in
            try await writer.write("half")
            throw CancellationError()
        }
    }

    private func endless() -> HTTPResponse {
        let record = record
        return .stream(type: "text/plain") { writer in
            do {
                while true { try await writer.write([UInt8](repeating: 120, count: 256 << 10)) }
            } catch {
                record.cancelled.withLock { $0.append("endless") }
                throw error
            }
        }
    }

    private func file(tag: StaticString) -> HTTPResponse {
        guard let body = FileBody(path: Self.filePath) else { return HTTPResponse(status: 404) }
        var response = HTTPResponse(status: 200, body: .file(body))
        response.fields.add(.contentType, "text/plain")
        response.fields.add(.etag, tag)
        return response
    }

    /// `/long?bytes,tag`
    private func long(_ request: HTTPRequest) -> HTTPResponse {
        let parts = request.query.split(separator: ",")
        var response = text(String(repeating: "words and ", count: (Int(parts.first ?? "") ?? 2_000) / 10))
        if parts.count > 1 { response.fields.add(.etag, parts[1] == "weak" ? "W/\"1\"" : "\"1\"") }
        return response
    }
}

extension FieldName {
    static let marker = FieldName("X-Marker")
}

/// A real server at a port of the kernel's choice, for as long as `body` runs.
func withServer<Result>(
    loops: Int = 1, _ configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (HTTPServer, EchoApplication) async throws -> Result
) async throws -> Result {
    let group = EventLoopGroup(count: loops)
    defer { group.stop() }
    var configuration = ServerConfiguration(host: .loopback, port: 0)
    configuration.drainGrace = .milliseconds(50)
    configuration.drainLimit = .milliseconds(500)
    configure(&configuration)
    let application = EchoApplication()
    let server = try HTTPServer(configuration, loops: group, application: application)
    await server.start()
    let result = try await body(server, application)
    await server.drain()
    return result
}
