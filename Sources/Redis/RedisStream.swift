import EventLoop
import Glibc

/// The socket of a link: bytes out, bytes in.
final class RedisStream: Channel {
    let reader = ReplyReader()
    var outgoing: [UInt8] = []
    var onBytes: (() -> Void)?
    var onEnd: (() -> Void)?
    private let descriptor: Int32
    private let loop: EventLoop
    private var isConnected = false
    private var isClosed = false

    /// Begins to connect; nil when the system refuses at once.
    init?(to address: HostLookup.Address, on loop: EventLoop) {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(address.family, kind, 0)
        self.loop = loop
        super.init()
        guard descriptor >= 0 else { return nil }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        let outcome = address.withPointer { connect(descriptor, $0, $1) == 0 || errno == EINPROGRESS }
        guard outcome == true else {
            Glibc.close(descriptor)
            return nil
        }
        loop.watch(descriptor, [.readable, .writable, .peerFinished, .edgeTriggered], self)
    }

    /// Sends what the kernel takes; false when the connection is gone. Keeps the rest for the next edge.
    func sendSome() -> Bool {
        guard isConnected, !outgoing.isEmpty else { return true }
        let count = outgoing.withUnsafeBytes {
            send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count >= 0 else { return errno == EAGAIN || errno == EINTR }
        outgoing.removeFirst(count)
        return true
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        (onBytes, onEnd) = (nil, nil)
        loop.unwatch(descriptor, self)
        Glibc.close(descriptor)
    }

    override func ready(_ events: Readiness) {
        guard events.isDisjoint(with: [.failed, .hungUp]) else { return end() }
        if events.contains(.writable) {
            isConnected = true
            guard sendSome() else { return end() }
        }
        if events.contains(.readable) { receive() }
    }

    private func receive() {
        withUnsafeTemporaryAllocation(byteCount: RedisLink.bufferBytes, alignment: 16) { buffer in
            while !isClosed {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                guard count > 0 else {
                    if count == 0 || (errno != EAGAIN && errno != EINTR) { end() }
                    return
                }
                guard (try? reader.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))) != nil else {
                    return end()
                }
                onBytes?()
            }
        }
    }

    private func end() { onEnd?() }
}
