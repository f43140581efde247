import EventLoop
import Glibc

/// One connection to Redis and the calls under way on it; opened again, ever more patiently, when it is lost.
///
/// A call waits at most the patience, wherever the server hangs; while no connection is open it does not wait
/// at all.
// Unchecked: made anywhere, touched only on its loop's thread.
final class RedisLink: @unchecked Sendable {
    private enum Waiter {
        /// The answer to a call of the greeting, which must be no refusal.
        case greeting
        case caller(UnsafeContinuation<RedisReply, any Error>, deadline: UInt64)
    }

    static let bufferBytes = 16 << 10
    /// Calls that may wait on one connection: more are turned away at once.
    static let waitersMax = 4096
    private static let openingPatience = Duration.milliseconds(500)

    let loop: EventLoop
    private let url: RedisURL
    private let patience: Duration
    private var stream: RedisStream?
    private var waiters: [Waiter] = []
    private var firstWaiter = 0
    private var greetingsLeft = 0
    private var attempt = 0
    private var isRunning = false
    private var isWatching = false
    /// Told whenever the link opens or is lost.
    var onChange: ((Bool) -> Void)?
    /// Takes what comes unasked, on a link that listens.
    var onPush: ((RedisReply) -> Void)?

    private(set) var isOpen = false

    init(to url: RedisURL, on loop: EventLoop, patience: Duration) {
        (self.url, self.loop, self.patience) = (url, loop, patience)
    }

    func start() {
        guard !isRunning else { return }
        isRunning = true
        loop.beforeWait { [weak self] in self?.flush() }
        connect()
    }

    func close() {
        isRunning = false
        lose(.away)
    }

    /// Sends a call with what else is sent in this turn, and waits for its answer.
    nonisolated(nonsending) func ask(_ call: RedisCall) async throws -> RedisReply {
        let deadline = loop.now + UInt64(patience / .milliseconds(1))
        return try await withUnsafeThrowingContinuation { continuation in
            guard isOpen, waiters.count - firstWaiter < Self.waitersMax else {
                return continuation.resume(throwing: RedisFault.away)
            }
            waiters.append(.caller(continuation, deadline: deadline))
            stream?.outgoing += call.bytes
            watchOldest()
        }
    }

    /// Sends a call whose answer comes as a push.
    func post(_ call: RedisCall) { stream?.outgoing += call.bytes }
}

extension RedisLink {
    private func connect() {
        let number = attempt
        Task(executorPreference: loop) { [weak self, url] in
            let address = await HostLookup.address(of: url)
            self?.open(address, number)
        }
    }

    private func open(_ address: HostLookup.Address?, _ number: Int) {
        guard isRunning, number == attempt, stream == nil else { return }
        guard let address, let stream = RedisStream(to: address, on: loop) else { return lose(.away) }
        self.stream = stream
        stream.onBytes = { [weak self] in self?.take() }
        stream.onEnd = { [weak self] in self?.lose(.lost) }
        greet(stream)
        loop.schedule(after: Self.openingPatience) { [weak self] in
            if let self, number == attempt, !isOpen, self.stream === stream { lose(.late) }
        }
    }

    private func greet(_ stream: RedisStream) {
        var calls: [RedisCall] = []
        if let password = url.password {
            calls.append(
                RedisCall(
                    (["AUTH", url.name, password] as [String?]).compactMap { $0 }.map { Array($0.utf8) }))
        }
        if url.database != 0 { calls.append(RedisCall("SELECT", String(url.database))) }
        calls.append(RedisCall("PING"))
        greetingsLeft = calls.count
        for call in calls {
            waiters.append(.greeting)
            stream.outgoing += call.bytes
        }
    }

    private func flush() {
        guard let stream, !stream.outgoing.isEmpty else { return }
        if !stream.sendSome() { lose(.lost) }
    }

    private func take() {
        guard let stream else { return }
        do {
            while self.stream === stream, let reply = try stream.reader.next() { deliver(reply) }
        } catch { lose(error as? RedisFault ?? .garbled) }
    }

    private func deliver(_ reply: RedisReply) {
        guard firstWaiter < waiters.count else {
            // Nobody asked: a push, or a server that says more than it was asked.
            guard let onPush else { return lose(.garbled) }
            return onPush(reply)
        }
        let waiter = waiters[firstWaiter]
        firstWaiter += 1
        if firstWaiter == waiters.count {
            waiters.removeAll(keepingCapacity: true)
            firstWaiter = 0
        }
        switch waiter {
        case .caller(let continuation, _): continuation.resume(returning: reply)
        case .greeting: greeted(reply)
        }
    }

    private func greeted(_ reply: RedisReply) {
        // A server still loading its file, or one that does not know us, is no server for now.
        if case .refusal(let words) = reply { return lose(.refused(words)) }
        greetingsLeft -= 1
        guard greetingsLeft == 0 else { return }
        (isOpen, attempt) = (true, 0)
        onChange?(true)
    }

    /// Ends the connection and every call on it, and sets out for another one.
    func lose(_ fault: RedisFault) {
        let left = waiters[firstWaiter...]
        (waiters, firstWaiter) = ([], 0)
        stream?.close()
        stream = nil
        let wasOpen = isOpen
        isOpen = false
        for case .caller(let continuation, _) in left { continuation.resume(throwing: fault) }
        if wasOpen { onChange?(false) }
        guard isRunning else { return }
        attempt += 1
        let delay = min(2_000, 50 << min(attempt, 6))
        loop.schedule(after: .milliseconds(Int.random(in: delay / 2...delay))) { [weak self] in
            if let self, isRunning, stream == nil { connect() }
        }
    }

    /// One timer for the oldest call: whoever waits longer than the patience ends the connection, since
    /// answers come in order.
    private func watchOldest() {
        guard !isWatching, firstWaiter < waiters.count, case .caller(_, let deadline) = waiters[firstWaiter]
        else { return }
        isWatching = true
        let now = loop.now
        loop.schedule(after: .milliseconds(deadline > now ? deadline - now : 0)) { [weak self] in
            guard let self else { return }
            isWatching = false
            guard firstWaiter < waiters.count, case .caller(_, let deadline) = waiters[firstWaiter] else {
                return
            }
            if loop.now >= deadline { lose(.late) } else { watchOldest() }
        }
    }
}
