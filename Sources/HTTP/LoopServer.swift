import CSystem
import EventLoop
import Glibc

/// One loop's share of the server: its listener, its clients, and what they borrow. Lives on its loop.
// Unchecked: made anywhere, touched only on its loop's thread.
final class LoopServer: Channel, @unchecked Sendable {
    static let lingerLimit = Duration.seconds(2)
    private static let acceptedPerTurn = 64
    private static let spareBuffersMax = 64

    let loop: EventLoop
    let configuration: ServerConfiguration
    let application: any Application
    let parserLimits: RequestParser.Limits
    let gzip = Gzip()
    /// What every client of the loop reads into: it belongs to whoever is running.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private(set) var dateLine: [UInt8] = []
    private(set) var isDraining = false
    private let door: Door
    private var listener: Int32
    private var reserve = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
    private var clients: [ObjectIdentifier: Connection] = [:]
    private var spareBuffers: [[UInt8]] = []
    private var unflushed: [Connection] = []
    private var onEmpty: (@Sendable () -> Void)?

    init(
        on loop: EventLoop, listener: Int32, _ configuration: ServerConfiguration,
        _ application: any Application, _ door: Door
    ) {
        (self.loop, self.listener, self.configuration, self.application) = (
            loop, listener, configuration, application
        )
        self.door = door
        var limits = RequestParser.Limits()
        limits.bytesMax = min(configuration.headBytesMax, Int(UInt16.max))
        limits.targetBytesMax = configuration.targetBytesMax
        limits.fieldsMax = configuration.fieldsMax
        parserLimits = limits
    }

    deinit {
        buffer.deallocate()
        Glibc.close(reserve)
    }

    var isEmpty: Bool { clients.isEmpty }
    var drainsSoon: Bool { isDraining }

    func open() {
        loop.watch(listener, .readable, self)
        loop.beforeWait { [weak self] in self?.flushGathered() }
        tick()
    }

    override func ready(_ events: Readiness) {
        var peer = sockaddr_storage()
        for _ in 0..<Self.acceptedPerTurn {
            let descriptor = nadi_accept(listener, &peer)
            if descriptor >= 0 {
                welcome(descriptor, IPAddress(peer) ?? .loopback)
            } else if errno == EMFILE || errno == ENFILE {
                return turnAway()
            } else if errno == EAGAIN {
                return
            }
        }
    }
}

extension LoopServer {
    func borrowBuffer() -> [UInt8] {
        if let spare = spareBuffers.popLast() { return spare }
        var made: [UInt8] = []
        made.reserveCapacity(4 << 10)
        return made
    }

    func giveBack(_ buffer: inout [UInt8]) {
        guard buffer.capacity <= 128 << 10, spareBuffers.count < Self.spareBuffersMax else { return }
        buffer.removeAll(keepingCapacity: true)
        spareBuffers.append(buffer)
    }

    /// What the slowest peer may take for so many bytes.
    func milliseconds(forBytes count: Int) -> UInt64 {
        UInt64(count * 1000 / max(1, configuration.bytesPerSecondMin))
    }

    func flushBeforeWait(_ connection: Connection) { unflushed.append(connection) }

    func forget(_ connection: Connection) {
        clients[ObjectIdentifier(connection)] = nil
        door.leave(connection.peerAddress)
        if clients.isEmpty { announceEmpty() }
    }

    private func flushGathered() {
        guard !unflushed.isEmpty else { return }
        for connection in unflushed { connection.assumeIsolated { $0.flushSome() } }
        unflushed.removeAll(keepingCapacity: true)
    }

    private func welcome(_ descriptor: Int32, _ address: IPAddress) {
        let peer = Peer(address, trusted: configuration.trustedProxies)
        guard door.enter(address, isExempt: peer.isTrusted) else {
            Glibc.close(descriptor)
            return
        }
        let connection = Connection(descriptor, peer, self)
        clients[ObjectIdentifier(connection)] = connection
        connection.assumeIsolated { $0.start() }
    }

    /// Out of descriptors: one is kept for this, so that the client is told by a close instead of left
    /// waiting, and the listener rests while connections end.
    private func turnAway() {
        Glibc.close(reserve)
        var peer = sockaddr_storage()
        let descriptor = nadi_accept(listener, &peer)
        if descriptor >= 0 { Glibc.close(descriptor) }
        reserve = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
        loop.unwatch(listener, self)
        loop.schedule(after: .milliseconds(100)) { [self] in
            if !isDraining { loop.watch(listener, .readable, self) }
        }
    }

    /// Once a second, or oftener when the limits are shorter than usual.
    private func tick() {
        let shortest = min(
            configuration.headLimit, configuration.bodyLimit, configuration.writeLimit,
            configuration.idleLimit)
        dateLine = Array("Date: ".utf8) + HTTPDate.now() + [13, 10]
        for client in clients.values { client.socket.expire(at: loop.now) }
        loop.schedule(after: min(.seconds(1), max(shortest / 4, .milliseconds(5)))) { [weak self] in
            self?.tick()
        }
    }
}

extension LoopServer {
    /// Takes who already stands at the door, closes it, serves what is under way and what comes within the
    /// grace over open connections, then says goodbye. Calls `whenEmpty` on the loop when nobody is left.
    func drain(_ whenEmpty: @escaping @Sendable () -> Void) {
        guard !isDraining else { return }
        ready(.readable)
        isDraining = true
        onEmpty = whenEmpty
        loop.unwatch(listener, self)
        Glibc.close(listener)
        if clients.isEmpty { return announceEmpty() }
        loop.schedule(after: configuration.drainGrace) { [self] in
            for client in clients.values { client.socket.expireIfIdle() }
        }
        loop.schedule(after: configuration.drainLimit) { [self] in
            for client in clients.values { client.socket.abandon() }
        }
    }

    private func announceEmpty() {
        guard isDraining, let onEmpty else { return }
        self.onEmpty = nil
        onEmpty()
    }
}
