import Synchronization

/// Where the server is in its life, as whoever watches it wants to know.
public final class Health: Sendable {
    /// The stages, in order.
    enum Stage: UInt8 { case starting, serving, draining }

    private let stage = Atomic<UInt8>(Stage.starting.rawValue)
    private let isWell: @Sendable () -> Bool

    /// `isWell` says whether what the server cannot do without is there; it is asked at every look, so it
    /// must be quick.
    public init(isWell: @escaping @Sendable () -> Bool) {
        self.isWell = isWell
    }

    /// From now on requests are expected to be answered.
    public func beginServing() { stage.store(Stage.serving.rawValue, ordering: .releasing) }

    /// From now on no new requests are wanted: whoever balances the load should look elsewhere.
    public func beginDraining() { stage.store(Stage.draining.rawValue, ordering: .releasing) }

    /// Whether the process has begun to serve; the answer never goes back to no.
    var hasStarted: Bool { stage.load(ordering: .acquiring) != Stage.starting.rawValue }

    /// The word for readiness, and whether it means yes.
    var readiness: (word: StaticString, isReady: Bool) {
        switch Stage(rawValue: stage.load(ordering: .acquiring)) {
        case .draining: ("draining", false)
        case .serving: isWell() ? ("ready", true) : ("unavailable", false)
        case .starting, nil: ("starting", false)
        }
    }
}
