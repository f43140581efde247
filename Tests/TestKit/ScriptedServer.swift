import Glibc
import Synchronization

/// A server that says what its script says, whatever it is asked: slow, short, cut or wrong as a test wants.
/// One thread, one connection after the other.
public final class ScriptedServer: Sendable {
    /// What happens on one connection.
    public enum Step: Sendable {
        /// Reads until these bytes have come.
        case until(String)
        /// Writes; `¶` stands for CR LF.
        case say(String)
        /// Waits.
        case pause(milliseconds: UInt32)
    }

    /// Where it listens, on loopback.
    public let port: UInt16
    private let listener: Int32
    private let heard = Mutex<[String]>([])
    private let isOpen = Atomic(true)

    /// Follows one script for each connection, the last one for all that follow.
    public convenience init(_ scripts: [Step]..., address: UInt32 = 0x7f00_0001) throws {
        try self.init(scripts: scripts, address: address)
    }

    /// Follows one script for each connection, the last one for all that follow.
    public init(scripts: [[Step]], address: UInt32) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var bound = sockaddr_in()
        bound.sin_family = sa_family_t(AF_INET)
        bound.sin_addr.s_addr = address.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let result = withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) | Glibc.listen(listener, 16) | getsockname(listener, $0, &length)
            }
        }
        struct NoSocket: Error {}
        guard result == 0 else { throw NoSocket() }
        port = UInt16(bigEndian: bound.sin_port)
        let thread = Serving { [self] in
            var index = 0
            while isOpen.load(ordering: .acquiring) {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                follow(scripts[min(index, scripts.count - 1)], on: connection)
                close(connection)
                index += 1
            }
        }
        thread.start()
    }

    /// What each connection was told, in order.
    public var conversations: [String] { heard.withLock { $0 } }

    /// Hears nobody any more.
    public func stop() {
        isOpen.store(false, ordering: .releasing)
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func follow(_ script: [Step], on connection: Int32) {
        let place = heard.withLock { all in
            all.append("")
            return all.count - 1
        }
        for step in script {
            switch step {
            case .until(let end):
                guard listen(to: connection, until: end, at: place) else { return }
            case .say(let words):
                let bytes = Array(words.replacing("¶", with: "\r\n").utf8)
                guard send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return }
            case .pause(let milliseconds): usleep(milliseconds * 1000)
            }
        }
    }

    private func listen(to connection: Int32, until end: String, at place: Int) -> Bool {
        var fresh = ""
        let end = end.replacing("¶", with: "\r\n")
        while !fresh.contains(end) {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            fresh += text
            heard.withLock { $0[place] += text }
        }
        return true
    }
}

/// A thread for one closure.
private final class Serving: Sendable {
    private let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) { self.work = work }

    func start() {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Serving>.fromOpaque(context).takeRetainedValue().work()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        pthread_detach(thread)
    }
}
