import EventLoop
import Vocabulary

/// One read that waits for its answer on a shared connection.
// Unchecked: touched only on its loop's thread.
final class ReadRequest: @unchecked Sendable {
    let sql: SQL
    /// What is written with it, in the same transaction.
    let line: SQL?
    let tenant: TenantID?
    let deadline: UInt64
    /// How often it was sent in vain. From then on it has an exchange of its own: no neighbour can fail it
    /// twice.
    var failures = 0
    private var continuation: UnsafeContinuation<Answer, any Error>?

    init(
        _ sql: SQL, line: SQL?, tenant: TenantID?, deadline: UInt64,
        _ continuation: UnsafeContinuation<Answer, any Error>
    ) {
        (self.sql, self.line, self.tenant) = (sql, line, tenant)
        (self.deadline, self.continuation) = (deadline, continuation)
    }

    /// False once it is answered, refused or cancelled.
    var isWanted: Bool { continuation != nil }

    /// Hands the answer over; false if nobody wants it any more.
    func answer(_ answer: Answer) -> Bool {
        guard let continuation else { return false }
        self.continuation = nil
        continuation.resume(returning: answer)
        return true
    }

    func fail(_ error: any Error) {
        guard let continuation else { return }
        self.continuation = nil
        continuation.resume(throwing: error)
    }
}
