import CLibPQ
import EventLoop
import Vocabulary

/// What is said in one transaction.
///
/// A connection is taken when a statement has to be answered before the next one is known: BEGIN and the
/// tenant ride in front of it, queued statements with the next awaited one or with the commit. If nothing was
/// awaited, all statements are known at the commit, and it is shared with other requests'.
final class OwnedSession {
    /// A longer transaction would keep its neighbours waiting.
    private static let sharedStatementsMax = 16

    private let pool: LoopPool
    private let lane: OwnedLane
    private let prologue: [SQL]
    private let deadline: Duration
    /// For whom a commit can be shared.
    private let tenant: TenantID?
    private var taken: Connection?
    private var locks: [Int64] = []
    private var queued: [SQL] = []
    private(set) var hasBegun = false
    /// What other processes are told if this transaction commits.
    var announced: [Announcement] = []
    /// The first refusal: from then on the transaction can only be rolled back.
    private(set) var failure: DatabaseError?
    private var wasCut = false
    private var hasCopied = false

    init(
        in pool: LoopPool, on lane: OwnedLane, prologue: [SQL], sharing tenant: TenantID? = nil,
        deadline: Duration
    ) {
        (self.pool, self.lane, self.prologue) = (pool, lane, prologue)
        (self.tenant, self.deadline) = (tenant, deadline)
    }

    /// Keeps a statement back until something has to be sent anyway.
    func queue(_ sql: SQL) { queued.append(sql) }

    /// Has the locks taken before everything else, if anything else is still to come.
    func lock(_ keys: [Int64]) {
        if hasBegun { queue(.lock(keys)) } else { locks += keys }
    }

    /// Runs a statement within the explicit transaction and waits for its answer.
    func run(_ sql: SQL) async throws -> Answer {
        if let failure { throw failure }
        let statements = takeOpening() + takeQueued() + [sql]
        let answer = try await exchange(statements, keeping: statements.count - 1, ends: false)
        guard let answer else { throw DatabaseError.away }
        return answer
    }

    /// The connection, when the server has everything that was queued: what must be outside of a pipeline
    /// comes next.
    func settle() async throws -> Connection {
        if let failure { throw failure }
        hasCopied = true
        let statements = takeOpening() + takeQueued()
        if !statements.isEmpty { _ = try await exchange(statements, keeping: nil, ends: false) }
        return try await connection()
    }

    /// Makes everything permanent. Throws, with nothing changed, if any statement was refused.
    func commit() async throws {
        if let failure { throw failure }
        let statements = takeQueued()
        guard hasBegun || !statements.isEmpty else { return }
        try Task.checkCancellation()
        if hasBegun {
            _ = try await exchange(statements + [.commit], keeping: nil, ends: true)
        } else if let tenant, statements.count <= Self.sharedStatementsMax {
            try await share(statements, tenant)
        } else {
            _ = try await exchange(takeLocks() + prologue + statements, keeping: nil, ends: true)
        }
    }

    /// One implicit transaction of one statement, in one network write.
    func runOnce(_ sql: SQL) async throws -> Answer {
        let answer = try await exchange(prologue + [sql], keeping: prologue.count, ends: true)
        guard let answer else { throw DatabaseError.away }
        return answer
    }

    /// Gives the connection back, if one was needed.
    func end() {
        if let taken { lane.giveBack(taken) }
        taken = nil
    }

    /// No statement of this session waits for its answer.
    var isCopyAllowed: Bool { taken?.load ?? 0 == 0 }

    /// A COPY went wrong: nothing but a rollback can follow.
    func fail(_ error: any Error) { failure = failure ?? error as? DatabaseError ?? .away }

    /// How often in all a body may be run that fails as this one did. Once, if something of it may have been
    /// committed, or if what it has copied is gone from where it came.
    var triesAllowed: Int {
        guard let failure, failure.isProvablyUndone, !hasCopied else { return 1 }
        // Each connection of the lane may have been cut with the first: only whoever uses it hears of that.
        if wasCut { return lane.limit + 2 }
        return failure == .away && lane.isCrowded ? 1 : LoopPool.triesOfUndone
    }

    private func takeOpening() -> [SQL] {
        if hasBegun { return [] }
        hasBegun = true
        return [.begin] + takeLocks() + prologue
    }

    private func takeLocks() -> [SQL] {
        defer { locks = [] }
        return locks.isEmpty ? [] : [.lock(locks)]
    }

    private func takeQueued() -> [SQL] {
        defer { queued = [] }
        return queued
    }

    private func share(_ statements: [SQL], _ tenant: TenantID) async throws {
        do {
            let answer = try await pool.commit(
                statements[0], Array(statements.dropFirst()), locks: locks, tenant: tenant)
            PQclear(answer.result)
        } catch let error as DatabaseError {
            throw note(error)
        }
    }

    private func connection() async throws -> Connection {
        if let taken { return taken }
        let connection = try await lane.checkOut(by: pool.soon)
        taken = connection
        return connection
    }

    private func exchange(_ statements: [SQL], keeping index: Int?, ends: Bool) async throws -> Answer? {
        let connection: Connection
        do { connection = try await self.connection() } catch let error as DatabaseError { throw note(error) }
        let limit = connection.loop.now + deadline.milliseconds
        let exchange = OwnedExchange(
            statements, keeping: index, deadline: limit, endsInCommit: ends && hasBegun)
        let isLost = try await exchange.send(on: connection)
        if isLost, exchange.failure == nil {
            let isUnknown = ends && !lane.isReadOnly && !exchange.isUndone
            wasCut = true
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
}

/// Statements of one caller on its own connection, of whose answers at most one is kept.
// Unchecked: touched only on its loop's thread.
private final class OwnedExchange: Exchange, @unchecked Sendable {
    private let kept: Int?
    private var answer: Answer?
    private(set) var failure: DatabaseError?
    private(set) var isUndone = false
    private var lostAt: UInt64 = 0
    private var loop: EventLoop?
    private var continuation: UnsafeContinuation<Bool, any Error>?
    private var isAbandoned = false

    init(_ statements: [SQL], keeping kept: Int?, deadline: UInt64, endsInCommit: Bool) {
        self.kept = kept
        super.init(statements, deadline: deadline, endsInCommit: endsInCommit)
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

    override func lost(isUndone: Bool) {
        self.isUndone = isUndone
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
