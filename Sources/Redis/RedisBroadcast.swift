public import EventLoop

/// Says things to all instances at once: one connection of the process listens, the loops' own ones speak. A
/// wake-up, never the news itself: whoever does not listen misses it.
public final class RedisBroadcast: Sendable {
    private static let prefix = "nadi:said:"
    /// Words between which a silent connection is asked whether it lives.
    private static let pulse = Duration.milliseconds(500)

    private let pool: RedisPool
    private let ear: Ear

    /// Listens on one loop, with a connection of its own.
    public init(_ url: RedisURL, through pool: RedisPool, on loop: EventLoop) {
        self.pool = pool
        ear = Ear(RedisLink(to: url, on: loop, patience: RedisPool.patience))
    }

    /// Begins to listen.
    public func start() { ear.link.loop.execute { [ear] in ear.start() } }

    /// Ends listening.
    public func close() { ear.link.loop.execute { [ear] in ear.close() } }

    /// Says a text; false when nobody has heard it: Redis did not take it in time, or nobody listens.
    @discardableResult
    public nonisolated(nonsending) func say(_ text: String, on channel: String) async -> Bool {
        guard let reply = try? await pool.ask(RedisCall("PUBLISH", Self.prefix + channel, text)) else {
            return false
        }
        return (reply.number ?? 0) > 0
    }

    /// Everything said on a channel from now on.
    public func listen(to channel: String) -> AsyncStream<Heard> {
        let (stream, _) = ear.listeners.add(to: channel)
        ear.link.loop.execute { [ear] in ear.subscribe([channel]) }
        return stream
    }

    /// The listening connection, and who is told what it hears.
    // Unchecked: but for the listeners, touched only on its link's loop.
    private final class Ear: @unchecked Sendable {
        let link: RedisLink
        let listeners = Listeners()
        private var heardAt: UInt64 = 0
        private var isClosed = false

        init(_ link: RedisLink) { self.link = link }

        func start() {
            link.onPush = { [weak self] in self?.hear($0) }
            link.onChange = { [weak self] isOpen in
                guard let self, isOpen else { return }
                heardAt = link.loop.now
                subscribe(listeners.channels)
            }
            link.start()
            beat()
        }

        func close() {
            isClosed = true
            link.close()
        }

        func subscribe(_ channels: [String]) {
            guard link.isOpen, !channels.isEmpty else { return }
            link.post(RedisCall((["SUBSCRIBE"] + channels.map { prefix + $0 }).map { Array($0.utf8) }))
        }

        /// `subscribe`, `message` or `pong`, a channel, and a text.
        private func hear(_ reply: RedisReply) {
            heardAt = link.loop.now
            guard let words = reply.members, words.count == 3, let kind = words[0].text,
                let channel = words[1].text, channel.hasPrefix(prefix)
            else { return }
            let name = String(channel.dropFirst(prefix.count))
            if kind == "subscribe" { listeners.tell(.gap, on: name) }
            if kind == "message", let text = words[2].text { listeners.tell(.text(text), on: name) }
        }

        private func beat() {
            link.loop.schedule(after: pulse) { [weak self] in
                guard let self, !isClosed else { return }
                if link.isOpen, !listeners.channels.isEmpty {
                    if link.loop.now > heardAt + 2_000 {
                        link.lose(.late)
                    } else {
                        link.post(RedisCall("PING"))
                    }
                }
                beat()
            }
        }
    }
}
