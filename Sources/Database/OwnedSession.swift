import CLibPQ
import EventLoop
import Vocabulary

/// What is said on a connection between checking it out and giving it back: at most one transaction.
///
/// BEGIN and the tenant ride in front of the first statement; queued statements ride with the next awaited
/// one or with the commit. If nothing was awaited, everything leaves in one write as an implicit transaction.
final class OwnedSession {
    let connection: Connection
    private let prologue: [SQL]
    private let deadline: Duration
    private var queued: [SQL] = []
    private(set) var hasBegun = false
    /// The first refusal: from then on the transaction can only be rolled back.
    private(set) var failure: DatabaseError?

    init(on connection: Connection, prologue: [SQL], deadline: Duration) {
        (self.connection, self.prologue, self.deadline) = (connection, prologue, deadline)
    }

    /// Keeps a statement back until something has to be sent anyway.
    func queue(_ sql: SQL) { queued.append(sql) }

    /// Runs a statement within the explicit transaction and waits for its answer.
    func run(_ sql: SQL) async throws -> Answer {
        if let failure { throw failure }
        let opening = hasBegun ? [] : [.begin] + prologue
        let statements = opening + takeQueued() + [sql]
        hasBegun = true
        let answer = try await exchange(statements, keeping: statements.count - 1, ends: false)
        guard let answer else { throw DatabaseError.away }
        return answer
    }

    /// Sends what is queued and waits until the server has it: what must be outside of a pipeline comes next.
    func settle() async throws {
        if let failure { throw failure }
        let statements = (hasBegun ? [] : [.begin] + prologue) + takeQueued()
        guard !statements.isEmpty else { return }
        hasBegun = true
        _ = try await exchange(statements, keeping: nil, ends: false)
    }

    /// Makes everything permanent. Throws, with nothing changed, if any statement was refused.
    func commit() async throws {
        if let failure { throw failure }
        let statements = hasBegun ? takeQueued() + [.commit] : takeQueued()
        guard !statements.isEmpty else { return }
        try Task.checkCancellation()
        _ = try await exchange(hasBegun ? statements : prologue + statements, keeping: nil, ends: true)
    }

    /// One implicit transaction in one network write; the answer is that of the first of the statements.
    func runOnce(_ statements: [SQL]) async throws -> Answer {
        let answer = try await exchange(prologue + statements, keeping: prologue.count, ends: true)
        guard let answer else { throw DatabaseError.away }
        return answer
    }

    /// No statement of this session waits for its answer.
    var isCopyAllowed: Bool { connection.load == 0 }

    /// A COPY went wrong: nothing but a rollback can follow.
    func fail(_ error: any Error) { failure = failure ?? error as? DatabaseError ?? .away }

    private func takeQueued() -> [SQL] {
        defer { queued = [] }
        return queued
    }

    private func exchange(_ statements: [SQL], keeping index: Int?, ends: Bool) async throws -> Answer? {
        let limit = connection.loop.now + deadline.milliseconds
        let exchange = OwnedExchange(statements, keeping: index, deadline: limit)
        let isLost = try await exchange.send(on: connection)
        if isLost {
            let isUnknown = ends && exchange.wasSent
            throw note(isUnknown ? .commitUnknown : exchange.isLate(limit) ? .timeout : .away)
        }
        if let failure = exchange.failure {
            exchange.dropAnswer()
            throw note(failure)
        }
        return exchange.takeAnswer()
    }

    private func note(_ error: DatabaseError) -> DatabaseError {
        failure = failure ?? error
        return error
    }

    /// Nothing of this session can have been committed: running it again is safe.
    var isProvablyUndone: Bool { failure?.state?.isTransient == true || (failure == .away && !hasBegun) }
}

/// Statements of one caller on its own connection, of whose answers at most one is kept.
// Unchecked: touched only on its loop's thread.
private final class OwnedExchange: Exchange, @unchecked Sendable {
    private let kept: Int?
    private var answer: Answer?
    private(set) var failure: DatabaseError?
    private(set) var wasSent = false
    private var lostAt: UInt64 = 0
    private var loop: EventLoop?
    private var continuation: UnsafeContinuation<Bool, any Error>?
    private var isAbandoned = false

    init(_ statements: [SQL], keeping kept: Int?, deadline: UInt64) {
        self.kept = kept
        super.init(statements, deadline: deadline)
    }

    /// Sends it and waits for the Sync. True if the connection was lost.
    func send(on connection: Connection) async throws -> Bool {
        try Task.checkCancellation()
        loop = connection.loop
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                // A cancellation after this line is served when this closure has returned, not before.
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                self.continuation = continuation
                connection.send(self)
            }
        } onCancel: {
            connection.loop.execute { self.abandon() }
        }
    }

    func isLate(_ deadline: UInt64) -> Bool { lostAt >= deadline }

    func takeAnswer() -> Answer? {
        defer { answer = nil }
        return answer
    }

    func dropAnswer() {
        if let answer { PQclear(answer.result) }
        answer = nil
    }

    override func answered(_ index: Int, _ answer: Answer) {
        if index == kept, !isAbandoned { self.answer = answer } else { PQclear(answer.result) }
    }

    override func refused(_ index: Int, _ error: DatabaseError) { failure = error }

    override func finished() {
        continuation?.resume(returning: false)
        continuation = nil
    }

    override func lost(wasSent: Bool) {
        self.wasSent = wasSent
        lostAt = loop?.now ?? 0
        dropAnswer()
        continuation?.resume(returning: true)
        continuation = nil
    }

    private func abandon() {
        guard let continuation else { return }
        self.continuation = nil
        isAbandoned = true
        dropAnswer()
        continuation.resume(throwing: CancellationError())
    }
}
