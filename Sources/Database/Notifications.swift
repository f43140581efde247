import EventLoop
import Synchronization

/// What a listener hears.
public enum Notice: Sendable, Equatable {
    /// Listening has begun, or begun again after a gap, or notices were dropped: whatever is remembered of
    /// the database may be old and has to be read anew.
    case reread
    /// Someone said NOTIFY with this payload.
    case payload(String)
    /// Whatever was said before this moment, in milliseconds of the loops' clock, has been heard. Only those
    /// hear it who asked for the pulse.
    case pulse(UInt64)
}

/// One connection of the process, on which it listens and feels the server's pulse.
public final class Notifications: Sendable {
    private let pulse: Pulse
    private let loop: EventLoop
    private let carrier: (any AnnouncementCarrier)?

    init(_ configuration: DatabaseConfiguration, on loop: EventLoop, _ reachability: Reachability) {
        carrier = configuration.carrier
        let settings = ConnectionInfo.settings(deadline: .seconds(1), isReadOnly: true)
        let info = ConnectionInfo(
            url: configuration.url, password: configuration.password, settings: settings,
            patience: configuration.openingPatience)
        self.loop = loop
        pulse = Pulse(to: info, on: loop, reachability)
    }

    /// Begins to connect and to listen.
    func start() { loop.execute { [pulse] in pulse.start() } }

    func close() { loop.execute { [pulse] in pulse.close() } }

    /// Everything said on a channel from now on, beginning with `.reread` as soon as the server listens for
    /// us. A listener that falls 256 notices behind loses the oldest and is told to read anew. With the pulse
    /// it is also told, some times a second, that it has missed nothing.
    public func subscribe(to channel: StaticString, withPulse: Bool = false) -> AsyncStream<Notice> {
        let (stream, continuation) = AsyncStream<Notice>.makeStream(bufferingPolicy: .bufferingNewest(256))
        // Who counts on having missed nothing hears of it from the database alone.
        let carried = withPulse ? nil : carrier.map { $0.listen(to: channel.description) }
        loop.execute { [pulse] in pulse.add(channel, withPulse, continuation, besides: carried) }
        return stream
    }
}

/// The connection itself: a heartbeat every quarter of a second, a second's patience, LISTEN after every
/// connect.
// Unchecked: touched only on its loop's thread.
private final class Pulse: ConnectionOwner, @unchecked Sendable {
    private let info: ConnectionInfo
    private let loop: EventLoop
    private let reachability: Reachability
    private var connection: Connection?
    private var listeners: [Listener] = []
    private var numbers = 0
    private var isRunning = false
    private var beatSentAt: UInt64?
    /// The connection has been open, and nothing is wrong with it that we know.
    private var isGood = false

    init(to info: ConnectionInfo, on loop: EventLoop, _ reachability: Reachability) {
        (self.info, self.loop, self.reachability) = (info, loop, reachability)
    }

    func start() {
        guard !isRunning else { return }
        isRunning = true
        beat()
    }

    func close() {
        isRunning = false
        connection?.close("closing")
        for listener in listeners { listener.continuation.finish() }
        listeners = []
    }

    func add(
        _ channel: StaticString, _ wantsPulse: Bool, _ continuation: AsyncStream<Notice>.Continuation,
        besides carried: AsyncStream<Notice>?
    ) {
        numbers += 1
        let number = numbers
        let carrying = carried.map { carried in
            Task(executorPreference: loop) {
                for await notice in carried { Self.deliver(notice, to: continuation) }
            }
        }
        continuation.onTermination = { [loop] _ in
            carrying?.cancel()
            loop.execute { [weak self] in self?.remove(number) }
        }
        listeners.append(
            Listener(
                number: number, channel: channel, wantsPulse: wantsPulse, continuation: continuation))
        start()
        if let connection, connection.isOpen { listen(on: connection) }
    }

    private func remove(_ number: Int) { listeners.removeAll { $0.number == number } }

    func opened(_ connection: Connection) {
        isGood = true
        connection.onNotice = { [weak self] channel, payload in self?.deliver(.payload(payload), channel) }
        listen(on: connection)
    }

    func drained(_ connection: Connection) {
        reachability.note(isReachable: true)
        guard let sentAt = beatSentAt else { return }
        beatSentAt = nil
        // PostgreSQL hands over whatever was said before a query before it says that the query is done, and
        // the connection has told those notices already.
        for listener in listeners where listener.wantsPulse {
            Self.deliver(.pulse(sentAt), to: listener.continuation)
        }
    }

    func lost(_ connection: Connection, _ reason: String) {
        self.connection = nil
        beatSentAt = nil
        // That one was cut says little about the server: whether another can be opened says more.
        if isGood, isRunning { connect() } else { reachability.note(isReachable: false) }
    }

    private func connect() {
        isGood = false
        connection = Connection(to: info, on: loop, patience: info.patience, owner: self)
    }

    private func beat() {
        guard isRunning else { return }
        if let connection {
            if let deadline = connection.deadline, deadline <= loop.now {
                isGood = false
                connection.close("no pulse")
            } else if connection.isOpen, connection.load == 0 {
                beatSentAt = loop.now
                connection.send(Exchange([.heartbeat], deadline: loop.now + 1000))
            }
        }
        if connection == nil { connect() }
        loop.schedule(after: .milliseconds(250)) { [weak self] in self?.beat() }
    }

    private func listen(on connection: Connection) {
        let listeners = listeners
        let statements = listeners.map { SQL.listen(to: $0.channel) } + [.heartbeat]
        connection.send(
            Listening(statements, deadline: loop.now + 1000) {
                for listener in listeners { Self.deliver(.reread, to: listener.continuation) }
            })
    }

    private func deliver(_ notice: Notice, _ channel: String) {
        for listener in listeners where listener.channel.description == channel {
            Self.deliver(notice, to: listener.continuation)
        }
    }

    private static func deliver(_ notice: Notice, to continuation: AsyncStream<Notice>.Continuation) {
        if case .dropped = continuation.yield(notice) { continuation.yield(.reread) }
    }
}

/// Who wants to hear a channel.
private struct Listener {
    let number: Int
    let channel: StaticString
    let wantsPulse: Bool
    let continuation: AsyncStream<Notice>.Continuation
}

/// LISTEN for every channel; done only when none was refused.
private final class Listening: Exchange {
    private let done: () -> Void

    init(_ statements: [SQL], deadline: UInt64, _ done: @escaping () -> Void) {
        self.done = done
        super.init(statements, deadline: deadline)
    }

    override func finished() {
        if refusedIndex == nil { done() }
    }
}
