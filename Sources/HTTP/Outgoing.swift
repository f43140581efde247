/// Bytes on their way to one client. The buffer is lent by the loop and given back when it is empty, so an
/// idle connection holds none.
struct Outgoing {
    /// Longer bodies are sent from where they are instead of being copied behind their heads: up to here the
    /// copy costs less than the second call.
    static let copiedBytesMax = 32 << 10

    private var bytes: [UInt8] = []
    private var sent = 0

    var isEmpty: Bool { sent == bytes.count }
    var count: Int { bytes.count - sent }

    mutating func prepare(from server: LoopServer) {
        if bytes.capacity == 0 { bytes = server.borrowBuffer() }
    }

    mutating func append(_ write: (inout [UInt8]) -> Void) { write(&bytes) }

    mutating func release(to server: LoopServer) {
        guard bytes.capacity > 0 else { return }
        var empty: [UInt8] = []
        swap(&empty, &bytes)
        sent = 0
        server.giveBack(&empty)
    }

    /// Whether everything is sent.
    mutating func sendSome(to socket: Socket, moreFollows: Bool = false) throws -> Bool {
        if sent < bytes.count {
            sent += try bytes.withUnsafeBytes { all in
                try socket.sendSome(.init(rebasing: all[sent...]), moreFollows: moreFollows)
            }
        }
        guard sent == bytes.count else { return false }
        bytes.removeAll(keepingCapacity: true)
        sent = 0
        return true
    }
}
