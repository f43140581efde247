/// Speaks another protocol on the connection, on its actor, until it returns; then the connection is closed.
public typealias UpgradeBody = @Sendable (UpgradedStream) async throws -> Void

/// A connection that has left HTTP: bytes in both directions.
public struct UpgradedStream: Sendable {
    let connection: Connection

    /// Bytes as they come; none when somebody has nudged; nil when the client will send no more. Throws when
    /// it is gone.
    public func receive() async throws -> [UInt8]? { try await connection.receiveUpgraded() }

    /// Sends bytes and returns when the kernel has taken them. Throws when the client is gone or too slow.
    public func write(_ bytes: [UInt8]) async throws {
        if !bytes.isEmpty { try await connection.writePiece(bytes) }
    }

    /// Ends the wait of `receive`; from the connection's own loop.
    public func nudge() { connection.socket.nudge() }
}
