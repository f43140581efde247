import Synchronization

/// Whether the server answers, as far as the pulse has seen: known to every loop.
final class Reachability: Sendable {
    private let state = Atomic<UInt8>(0)

    /// Seen to answer lately.
    var isReachable: Bool { state.load(ordering: .relaxed) == 1 }
    /// Seen not to answer: no use in waiting for a connection. False as long as nobody has looked.
    var isAway: Bool { state.load(ordering: .relaxed) == 2 }

    func note(isReachable: Bool) { state.store(isReachable ? 1 : 2, ordering: .relaxed) }
}
