import Synchronization

/// What a listener hears.
public enum Heard: Sendable, Equatable {
    /// Listening has begun, or begun again: something may have been missed.
    case gap
    /// Somebody said this.
    case text(String)
}

/// Says things to all instances at once. A wake-up, never the news itself: whoever does not listen misses it.
public protocol Broadcast: Sendable {
    /// Says a text; true when it was passed on.
    @discardableResult
    nonisolated(nonsending) func say(_ text: String, on channel: String) async -> Bool
    /// Everything said on a channel from now on, beginning with a gap as soon as somebody listens for us.
    func listen(to channel: String) -> AsyncStream<Heard>
}

/// The listeners of this process, whoever passes the words on to them.
final class Listeners: Sendable {
    /// A listener that falls so many texts behind loses the oldest and is told of a gap.
    static let waitingMax = 256

    private let state = Mutex((number: 0, all: [String: [Int: AsyncStream<Heard>.Continuation]]()))

    func add(to channel: String) -> (stream: AsyncStream<Heard>, isFirst: Bool) {
        let (stream, continuation) = AsyncStream<Heard>.makeStream(
            bufferingPolicy: .bufferingNewest(Self.waitingMax))
        let (number, isFirst) = state.withLock { state in
            state.number += 1
            let isFirst = state.all[channel, default: [:]].isEmpty
            state.all[channel, default: [:]][state.number] = continuation
            return (state.number, isFirst)
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in _ = state.all[channel]?.removeValue(forKey: number) }
        }
        return (stream, isFirst)
    }

    var channels: [String] { state.withLock { $0.all.keys.sorted() } }

    func tell(_ heard: Heard, on channel: String) {
        for listener in state.withLock({ Array($0.all[channel, default: [:]].values) }) {
            if case .dropped = listener.yield(heard) { listener.yield(.gap) }
        }
    }
}

/// Tells the listeners of this process alone.
public final class LocalBroadcast: Broadcast {
    private let listeners = Listeners()

    /// Nobody listens yet.
    public init() {}

    /// Says a text.
    @discardableResult
    public nonisolated(nonsending) func say(_ text: String, on channel: String) async -> Bool {
        listeners.tell(.text(text), on: channel)
        return true
    }

    /// Everything said on a channel from now on.
    public func listen(to channel: String) -> AsyncStream<Heard> {
        let (stream, _) = listeners.add(to: channel)
        listeners.tell(.gap, on: channel)
        return stream
    }
}
