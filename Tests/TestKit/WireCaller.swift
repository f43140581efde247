import CSystem
import EventLoop
import Glibc

/// What came back over the wire.
public struct WireReply: Sendable {
    /// The status code; 0 when the connection closed without an answer.
    public let status: Int
    /// Names, in lower case, and values, in order.
    public let fields: [(name: String, value: String)]
    /// The body, unchunked by being sent with its length.
    public let body: [UInt8]

    /// The first value of that name; give it in lower case.
    public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    init(_ bytes: [UInt8]) {
        let end = bytes.indices.dropLast(3).first { bytes[$0...].starts(with: [13, 10, 13, 10]) }
        let head = String(decoding: bytes[..<(end ?? 0)], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
        fields = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        body = end.map { Array(bytes[($0 + 4)...]) } ?? []
    }
}

/// Sends requests over real sockets and reads the answers, one connection a request. Runs on an event loop,
/// so that many can be under way at once.
public struct WireCaller: Sendable {
    /// Where the server listens.
    public var port: UInt16
    /// The field `Host`.
    public var host: String
    /// The access token, if the caller has one.
    public var token: String?

    /// A caller that has not signed in.
    public init(port: UInt16, host: String, token: String? = nil) {
        (self.port, self.host, self.token) = (port, host, token)
    }

    /// Sends one request and reads its answer.
    public func send(
        _ method: String, _ target: String, fields: [(String, String)] = [], json: String? = nil
    ) async throws -> WireReply {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: \(host)", "Connection: close"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        for (name, value) in fields { lines.append("\(name): \(value)") }
        if let json { lines += ["Content-Type: application/json", "Content-Length: \(json.utf8.count)"] }
        return try await exchange(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + (json ?? "")).utf8))
    }

    /// Sends bytes as they are and reads until the server closes.
    public func exchange(_ bytes: [UInt8]) async throws -> WireReply {
        guard let loop = EventLoop.current else { preconditionFailure("a wire caller needs an event loop") }
        let descriptor = try await connected()
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else { try await wait(descriptor, .writable, on: loop) }
        }
        return WireReply(try await everything(from: descriptor, on: loop))
    }

    /// A descriptor that is connected to the server; whoever asks closes it.
    public func connected() async throws -> Int32 {
        guard let loop = EventLoop.current else { preconditionFailure("a wire caller needs an event loop") }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        try await connect(descriptor, on: loop)
        return descriptor
    }

    private func connect(_ descriptor: Int32, on loop: EventLoop) async throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { try await wait(descriptor, .writable, on: loop) }
    }

    private func everything(from descriptor: Int32, on loop: EventLoop) async throws -> [UInt8] {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                received += buffer[..<count]
            } else if count < 0, errno == EAGAIN {
                try await wait(descriptor, .readable, on: loop)
            } else {
                return received
            }
        }
    }

    private func wait(_ descriptor: Int32, _ readiness: Readiness, on loop: EventLoop) async throws {
        try await loop.readiness(of: descriptor, for: readiness)
    }
}
