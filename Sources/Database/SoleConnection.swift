import EventLoop

/// Opens one connection outside of every pool, on the loop of the caller, and waits until it can be used.
enum SoleConnection {
    static func open(_ info: ConnectionInfo) async throws -> Connection {
        guard let loop = EventLoop.current else {
            preconditionFailure("the database was called outside of a loop")
        }
        let owner = Opening()
        let connection = Connection(to: info, on: loop, patience: info.patience, owner: owner)
        let timer = loop.schedule(after: info.patience) { connection.close("no answer in time") }
        defer { loop.cancel(timer) }
        try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Void, any Error>) in
            owner.continuation = continuation
        }
        // The connection does not keep its owner alive.
        withExtendedLifetime(owner) {}
        return connection
    }
}

// Unchecked: touched only on its loop's thread.
private final class Opening: ConnectionOwner, @unchecked Sendable {
    var continuation: UnsafeContinuation<Void, any Error>?

    func opened(_ connection: Connection) { finish(.success(())) }

    func drained(_ connection: Connection) {}

    func lost(_ connection: Connection, _ reason: String) {
        finish(.failure(ConnectFault(description: reason)))
    }

    private func finish(_ outcome: Result<Void, any Error>) {
        continuation?.resume(with: outcome)
        continuation = nil
    }
}

/// Why a connection could not be opened, as the server or libpq put it: for operators, never for callers.
struct ConnectFault: Error, CustomStringConvertible {
    let description: String
}
