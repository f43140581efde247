import EventLoop
import Glibc

/// One block of a stream of server-sent events, as a client reads it.
public struct ServerSentEvent: Sendable, Equatable {
    /// The last `id`.
    public var id: String?
    /// The kind; nil where the block told none.
    public var kind: String?
    /// The data.
    public var data: String?
    /// When to come back, in milliseconds.
    public var retry: Int?
    /// A comment, which keeps the connection from being taken for dead.
    public var comment: String?
}

/// Follows an answer that goes on, over a real socket, on an event loop.
public final class EventReader {
    /// The stream did not say what was waited for in time.
    public struct Silence: Error {}

    /// The answer's status.
    public private(set) var status = 0
    /// Its head, in lower case.
    public private(set) var head = ""
    private let descriptor: Int32
    private let loop: EventLoop
    private var raw: [UInt8] = []
    private var text: [UInt8] = []
    private var hasEnded = false
    private var isSilent = false

    /// Connects, asks, and reads the head of the answer.
    public nonisolated(nonsending) init(
        _ target: String, by caller: WireCaller, fields: [(String, String)] = []
    ) async throws {
        guard let loop = EventLoop.current else { preconditionFailure("an event reader needs an event loop") }
        (self.loop, descriptor) = (loop, try await caller.connected())
        let lines = [
            "GET \(target) HTTP/1.1", "Host: \(caller.host)", "Authorization: Bearer \(caller.token ?? "")",
        ]
        let request = (lines + fields.map { "\($0): \($1)" }).joined(separator: "\r\n") + "\r\n\r\n"
        _ = Array(request.utf8).withUnsafeBytes {
            send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        try await readHead()
    }

    deinit { close(descriptor) }

    /// The next block; nil at the end of the stream. Throws when there is none in time.
    public nonisolated(nonsending) func next(within limit: Duration = .seconds(5)) async throws
        -> ServerSentEvent?
    {
        let timer = loop.schedule(after: limit) { [weak self] in self?.fallSilent() }
        defer { loop.cancel(timer) }
        while true {
            if let end = text.indices.dropLast().first(where: { text[$0] == 10 && text[$0 + 1] == 10 }) {
                let block = Array(text[..<end])
                text.removeFirst(end + 2)
                return ServerSentEvent(block)
            }
            if hasEnded { return nil }
            try await receive()
            unchunk()
        }
    }

    /// The next block that tells something of a kind.
    public nonisolated(nonsending) func nextEvent(within limit: Duration = .seconds(5)) async throws
        -> ServerSentEvent?
    {
        while let event = try await next(within: limit) { if event.kind != nil { return event } }
        return nil
    }

    private func fallSilent() {
        isSilent = true
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private nonisolated(nonsending) func readHead() async throws {
        while true {
            if let end = raw.indices.dropLast(3).first(where: { raw[$0...].starts(with: [13, 10, 13, 10]) }) {
                head = String(decoding: raw[..<end], as: UTF8.self).lowercased()
                status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
                raw.removeFirst(end + 4)
                return unchunk()
            }
            guard !hasEnded else { return }
            try await receive()
        }
    }

    private nonisolated(nonsending) func receive() async throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 { return raw += buffer[..<count] }
            if count < 0, errno == EAGAIN {
                try await loop.readiness(of: descriptor, for: .readable)
                continue
            }
            if isSilent { throw Silence() }
            return hasEnded = true
        }
    }

    private func unchunk() {
        guard head.contains("transfer-encoding: chunked") else { return }
        while let line = raw.firstIndex(of: 10),
            let size = Int(String(decoding: raw[..<(line - 1)], as: UTF8.self), radix: 16),
            raw.count >= line + 1 + size + 2
        {
            if size == 0 { return hasEnded = true }
            text += raw[(line + 1)..<(line + 1 + size)]
            raw.removeFirst(line + 1 + size + 2)
        }
    }
}

extension ServerSentEvent {
    fileprivate init(_ block: [UInt8]) {
        for line in String(decoding: block, as: UTF8.self).split(separator: "\n") {
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            let value = String(line[colon...].dropFirst().drop { $0 == " " })
            switch line[..<colon] {
            case "": comment = value
            case "id": id = value
            case "event": kind = value
            case "data": data = value
            case "retry": retry = Int(value)
            default: break
            }
        }
    }
}
