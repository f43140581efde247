import CLibPQ
import EventLoop

/// The connections that one caller at a time has to itself: writes, interactive transactions, slow reads.
final class OwnedLane: ConnectionSupply {
    /// What is lost on its way can be asked again.
    let isReadOnly: Bool
    private let waitingLimit: Int
    private var idle: [Connection] = []
    private var waiting = Queue<Checkout>()
    /// Connections on which a ROLLBACK is under way, and until when it may take.
    private var draining: [(connection: Connection, until: UInt64)] = []

    init(
        to info: ConnectionInfo, on loop: EventLoop, limit: Int, reachability: Reachability,
        waitingLimit: Int, isReadOnly: Bool = false
    ) {
        (self.waitingLimit, self.isReadOnly) = (waitingLimit, isReadOnly)
        super.init(to: info, on: loop, limit: limit, reachability: reachability)
    }

    /// More callers than may wait for a connection do.
    var isCrowded: Bool { waiting.count >= waitingLimit }

    /// A connection of one's own, in the order of asking.
    func checkOut(by deadline: UInt64) async throws -> Connection {
        try Task.checkCancellation()
        if let connection = idle.popLast() { return connection }
        let checkout = Checkout(deadline: deadline)
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                // A cancellation after this line is served when this closure has returned, not before.
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                checkout.continuation = continuation
                admit(checkout)
            }
        } onCancel: { [loop] in
            loop.execute { checkout.fail(CancellationError()) }
        }
    }

    /// Looks once more: a caller that is on no actor may have let others run since it asked.
    private func admit(_ checkout: Checkout) {
        if let connection = idle.popLast() { return checkout.succeed(connection) }
        guard !isCrowded, isHopeful else { return checkout.fail(DatabaseError.away) }
        waiting.append(checkout)
        grow()
    }

    /// Takes a connection back. One that is not provably idle is rolled back first, and closed if that does
    /// not make it so within a second.
    func giveBack(_ connection: Connection) {
        guard connection.isOpen else { return }
        if connection.isProvablyIdle { return accept(connection) }
        draining.append((connection, loop.now + 1000))
        connection.send(Rollback([.rollback], deadline: loop.now + 1000))
    }

    override func accept(_ connection: Connection) {
        while let next = waiting.popFirst() {
            if !next.isDone { return next.succeed(connection) }
        }
        idle.append(connection)
    }

    override func drained(_ connection: Connection) {
        guard let index = draining.firstIndex(where: { $0.connection === connection }) else { return }
        draining.remove(at: index)
        if connection.isProvablyIdle {
            accept(connection)
        } else {
            connection.close("not idle when given back")
        }
    }

    override func remove(_ connection: Connection) {
        idle.removeAll { $0 === connection }
        draining.removeAll { $0.connection === connection }
        if connections.isEmpty, !isHopeful {
            for checkout in waiting.removeAll() { checkout.fail(DatabaseError.away) }
        } else if !waiting.isEmpty {
            grow()
        }
    }

    override func tick() {
        super.tick()
        for entry in draining where entry.until <= loop.now { entry.connection.close("slow to roll back") }
        while let first = waiting.first, first.isDone || first.deadline <= loop.now {
            waiting.popFirst()?.fail(DatabaseError.away)
        }
        if !waiting.isEmpty { grow() }
    }
}

/// One caller who waits for a connection.
// Unchecked: touched only on its loop's thread.
private final class Checkout: @unchecked Sendable {
    let deadline: UInt64
    var continuation: UnsafeContinuation<Connection, any Error>?

    init(deadline: UInt64) { self.deadline = deadline }

    var isDone: Bool { continuation == nil }

    func succeed(_ connection: Connection) {
        continuation?.resume(returning: connection)
        continuation = nil
    }

    func fail(_ error: any Error) {
        continuation?.resume(throwing: error)
        continuation = nil
    }
}

private final class Rollback: Exchange {}
