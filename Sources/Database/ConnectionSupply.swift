import EventLoop

/// Keeps up to a number of connections open, and waits a little longer after each failure to open one.
///
/// Subclasses decide who gets a connection; everything here runs on one loop.
class ConnectionSupply: ConnectionOwner {
    let loop: EventLoop
    let limit: Int
    let reachability: Reachability
    private let info: ConnectionInfo
    private(set) final var connections: [Connection] = []
    private final var attempts: [Connection] = []
    private final var failures = 0
    private final var nextAttempt: UInt64 = 0
    private final var isClosed = false

    init(to info: ConnectionInfo, on loop: EventLoop, limit: Int, reachability: Reachability) {
        (self.info, self.loop, self.limit, self.reachability) = (info, loop, limit, reachability)
    }

    /// Whether a caller may hope for a connection: one is open, or being opened, or may be tried now.
    final var isHopeful: Bool {
        !isClosed
            && (!connections.isEmpty || !attempts.isEmpty
                || (loop.now >= nextAttempt && !reachability.isAway))
    }

    /// Opens one more, unless the limit is reached or the last failure is too recent.
    final func grow() {
        guard !isClosed, connections.count + attempts.count < limit, loop.now >= nextAttempt else { return }
        attempts.append(Connection(to: info, on: loop, patience: info.patience, owner: self))
    }

    /// Gives up what has not answered in time. Called ten times a second.
    func tick() {
        for connection in connections + attempts {
            if let deadline = connection.deadline, deadline <= loop.now {
                connection.close("no answer in time")
            }
        }
    }

    func close() {
        isClosed = true
        for connection in connections + attempts { connection.close("closing") }
    }

    func opened(_ connection: Connection) {
        attempts.removeAll { $0 === connection }
        connections.append(connection)
        failures = 0
        accept(connection)
    }

    func lost(_ connection: Connection, _ reason: String) {
        if attempts.contains(where: { $0 === connection }) {
            attempts.removeAll { $0 === connection }
            failures = min(failures + 1, 5)
            nextAttempt = loop.now + UInt64.random(in: 8...16) << UInt64(failures)
        }
        connections.removeAll { $0 === connection }
        remove(connection)
    }

    /// A connection is ready for use.
    func accept(_ connection: Connection) {}

    /// A connection is gone, or an attempt failed.
    func remove(_ connection: Connection) {}

    func drained(_ connection: Connection) {}
}
