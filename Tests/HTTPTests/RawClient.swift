import CSystem
import Glibc
import HTTP

/// A client that sends exactly the bytes it is given, from a plain blocking socket.
final class RawClient: Sendable {
    struct Answer {
        var status: Int
        var head: String
        var body: [UInt8]

        func field(_ name: String) -> String? {
            let lines = head.split(separator: "\r\n").dropFirst()
            let line = lines.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            return line.map { $0.dropFirst(name.count + 1).drop { $0 == " " }.description }
        }
    }

    struct Fault: Error {
        let words: String
    }

    let descriptor: Int32

    init(port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
        if var receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Fault(words: "cannot connect: \(errno)") }
    }

    deinit { close(descriptor) }

    /// `¶` in the text stands for CR LF.
    func send(_ text: String) {
        send(Array(text.replacing("¶", with: "\r\n").utf8))
    }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Some bytes; empty at the end of the stream, nil when nothing comes in time.
    func receive(within milliseconds: Int32) -> [UInt8]? {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&poller, 1, milliseconds) == 1 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return Array(buffer[..<max(0, count)])
    }

    /// Everything until the server closes; nil when it does not within the time.
    func receiveAll(within milliseconds: Int32 = 5_000) -> [UInt8]? {
        var all: [UInt8] = []
        while let some = receive(within: milliseconds) {
            if some.isEmpty { return all }
            all += some
        }
        return nil
    }

    /// The next `count` answers, read by their framing, and whatever came after them.
    func answers(_ count: Int, toHead: Bool = false, within milliseconds: Int32 = 5_000) throws -> [Answer] {
        var bytes: [UInt8] = []
        var answers: [Answer] = []
        while answers.count < count {
            if let (answer, used) = Self.parse(bytes, toHead: toHead) {
                if answer.status != 100 { answers.append(answer) }
                bytes.removeFirst(used)
                continue
            }
            guard let some = receive(within: milliseconds) else { throw Fault(words: "no answer in time") }
            guard !some.isEmpty else { throw Fault(words: "closed after \(answers.count) answers") }
            bytes += some
        }
        guard bytes.isEmpty else {
            throw Fault(words: "unasked bytes: \(String(decoding: bytes, as: UTF8.self))")
        }
        return answers
    }

    func answer(toHead: Bool = false) throws -> Answer { try answers(1, toHead: toHead)[0] }

    static func parse(_ bytes: [UInt8], toHead: Bool) -> (Answer, Int)? {
        guard let end = bytes.windowIndex(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        var answer = Answer(status: Int(head.dropFirst(9).prefix(3)) ?? 0, head: head, body: [])
        let start = end + 4
        if toHead || answer.status == 100 || answer.status == 304 || answer.status == 204 {
            return (answer, start)
        }
        if answer.field("transfer-encoding") == "chunked" { return parseChunks(bytes, from: start, answer) }
        let length = answer.field("content-length").flatMap { Int($0) } ?? 0
        guard bytes.count >= start + length else { return nil }
        answer.body = Array(bytes[start..<start + length])
        return (answer, start + length)
    }

    private static func parseChunks(_ bytes: [UInt8], from start: Int, _ head: Answer) -> (Answer, Int)? {
        var answer = head
        var at = start
        while let line = Array(bytes[at...]).windowIndex(of: [13, 10]) {
            guard let size = Int(String(decoding: bytes[at..<at + line], as: UTF8.self), radix: 16) else {
                return nil
            }
            at += line + 2
            guard bytes.count >= at + size + 2 else { return nil }
            answer.body += bytes[at..<at + size]
            at += size + 2
            if size == 0 { return (answer, at) }
        }
        return nil
    }
}

extension [UInt8] {
    func windowIndex(of pattern: [UInt8]) -> Int? {
        guard count >= pattern.count else { return nil }
        return (0...(count - pattern.count)).first { self[$0..<$0 + pattern.count].elementsEqual(pattern) }
    }

    var text: String { String(decoding: self, as: UTF8.self) }
}
