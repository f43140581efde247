import Synchronization

/// What a listener hears.
public enum Heard: Sendable, Equatable {
    /// Listening has begun, or begun again: something may have been missed.
    case gap
    /// Somebody said this.
    case text(String)
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
