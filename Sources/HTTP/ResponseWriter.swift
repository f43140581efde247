/// The body of an answer while it is being written.
public struct ResponseWriter: Sendable {
    let connection: Connection

    /// Sends bytes and returns when the kernel has taken them: a slow client slows the writer. Throws when
    /// the client is gone or too slow.
    public func write(_ bytes: [UInt8]) async throws {
        if !bytes.isEmpty { try await connection.writePiece(bytes) }
    }

    /// Sends text.
    public func write(_ text: String) async throws { try await write(Array(text.utf8)) }
}
