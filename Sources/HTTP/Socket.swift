import CSystem
import EventLoop
import Glibc

/// The peer is gone, or was too slow for what it is doing.
enum SocketFault: Error {
    case closed
    case timedOut
}

/// A client's descriptor, awaitable in both directions. Edge-triggered: registered once, no system call for a
/// wait. Lives on its loop; at most one task waits.
// Unchecked: touched only on its loop's thread.
final class Socket: Channel, @unchecked Sendable {
    enum Phase {
        case idle, receiving, handling, sending, lingering
    }

    /// A FIN within so many milliseconds of the request is a client that has said all and listens; a later
    /// one is a client that hung up.
    private static let halfCloseGrace: UInt64 = 100

    private let descriptor: Int32
    private let loop: EventLoop
    private var isReadable = false
    private var isBroken = false
    private var isExpired = false
    private var isNudged = false
    private(set) var hasPeerFinished = false
    private var waiter: UnsafeContinuation<Void, Never>?
    private var phaseBegan: UInt64 = 0
    private(set) var phase = Phase.idle
    /// In the loop's milliseconds; whoever waits beyond it gets `timedOut`.
    var deadline = UInt64.max
    /// The connection's life: cancelled when the peer leaves while it is being answered.
    var task: Task<Void, Never>?

    init(_ descriptor: Int32, on loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
        super.init()
        loop.watch(descriptor, [.readable, .writable, .peerFinished, .edgeTriggered], self)
    }

    func begin(_ phase: Phase, limit: Duration?) {
        self.phase = phase
        phaseBegan = loop.now
        isExpired = false
        deadline = limit.map { loop.now + UInt64($0 / .milliseconds(1)) } ?? .max
    }

    /// Bytes, or 0 at the end of the stream.
    func receive(into buffer: UnsafeMutableRawBufferPointer) async throws -> Int {
        while true {
            try check()
            if isReadable || hasPeerFinished, let count = try receiveSome(into: buffer) { return count }
            await wait()
        }
    }

    /// As `receive`, or nil when somebody nudged meanwhile.
    func receiveOrNudge(into buffer: UnsafeMutableRawBufferPointer) async throws -> Int? {
        while true {
            try check()
            if isNudged {
                isNudged = false
                return nil
            }
            if isReadable || hasPeerFinished, let count = try receiveSome(into: buffer) { return count }
            await wait()
        }
    }

    /// Ends the wait of `receiveOrNudge`, now or when it begins.
    func nudge() {
        isNudged = true
        if phase == .handling { wake() }
    }

    private func receiveSome(into buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        guard count >= 0 else {
            guard errno == EAGAIN || errno == EINTR else { throw SocketFault.closed }
            isReadable = false
            return nil
        }
        // With a FIN there comes no second edge: read on until zero.
        if count < buffer.count, !hasPeerFinished { isReadable = false }
        return count
    }

    /// Sends what the kernel takes now, perhaps nothing.
    func sendSome(_ bytes: UnsafeRawBufferPointer, moreFollows: Bool) throws -> Int {
        guard !isBroken else { throw SocketFault.closed }
        let flags = Int32(MSG_NOSIGNAL) | (moreFollows ? Int32(MSG_MORE) : 0)
        let count = send(descriptor, bytes.baseAddress, bytes.count, flags)
        if count >= 0 { return count }
        guard errno == EAGAIN || errno == EINTR else { throw SocketFault.closed }
        return 0
    }

    /// Sends a part of a file by the kernel alone. Returns how much it took.
    func sendSome(of file: Int32, _ range: Range<Int>) throws -> Int {
        guard !isBroken else { throw SocketFault.closed }
        var offset = off_t(range.lowerBound)
        let count = sendfile(descriptor, file, &offset, min(range.count, 1 << 20))
        if count > 0 { return count }
        // Zero is a file that has become shorter: the promised length cannot be kept.
        guard count < 0, errno == EAGAIN || errno == EINTR else { throw SocketFault.closed }
        return 0
    }

    /// Suspends until something changes about the descriptor, or the deadline passes.
    func waitForChange() async throws {
        try check()
        await wait()
        try check()
    }

    /// Ends the phase if its time is up. Called for every socket once in a while, instead of a timer for
    /// each.
    func expire(at now: UInt64) {
        guard now >= deadline else { return }
        isExpired = true
        wake()
    }

    /// Ends the wait of an idle connection.
    func expireIfIdle() {
        guard phase == .idle else { return }
        isExpired = true
        wake()
    }

    /// Gives up at once, whatever is being done.
    func abandon() {
        isBroken = true
        task?.cancel()
        wake()
    }

    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    func close() {
        isBroken = true
        task = nil
        loop.unwatch(descriptor, self)
        Glibc.close(descriptor)
    }

    override func ready(_ events: Readiness) {
        if !events.isDisjoint(with: [.failed, .hungUp]) {
            isBroken = true
            if phase == .handling { task?.cancel() }
        }
        if events.contains(.peerFinished) {
            hasPeerFinished = true
            if phase == .handling, loop.now > phaseBegan + Self.halfCloseGrace { task?.cancel() }
        }
        if events.contains(.readable) { isReadable = true }
        wake()
    }

    private func check() throws {
        if isBroken { throw SocketFault.closed }
        if isExpired {
            isExpired = false
            throw SocketFault.timedOut
        }
    }

    private func wait() async { await withUnsafeContinuation { waiter = $0 } }

    private func wake() {
        guard let waiter else { return }
        self.waiter = nil
        waiter.resume()
    }
}
