import EventLoop
import Vocabulary

/// One request's statements, waiting to leave on a shared connection; its answer is that of the first.
// Unchecked: touched only on its loop's thread.
final class SharedRequest: @unchecked Sendable {
    let first: SQL
    let others: [SQL]
    let tenant: TenantID?
    /// What must be locked before any of them runs.
    let locks: [Int64]
    let deadline: UInt64
    /// How often it was sent in vain. From then on it has an exchange of its own: no neighbour can fail it
    /// twice.
    var failures = 0
    private var continuation: UnsafeContinuation<Answer, any Error>?

    init(
        _ first: SQL, _ others: [SQL] = [], tenant: TenantID?, locks: [Int64] = [], deadline: UInt64
    ) {
        (self.first, self.others) = (first, others)
        (self.tenant, self.locks, self.deadline) = (tenant, locks, deadline)
    }

    /// Who waits for the answer.
    func wait(_ continuation: UnsafeContinuation<Answer, any Error>) { self.continuation = continuation }

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
