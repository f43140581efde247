public import EventLoop
public import Vocabulary

/// PostgreSQL, as the whole process shares it: one pool of connections for each loop.
///
/// Every call must come from a task that runs on one of the loops; it stays on that loop and its connections.
public final class Database: Sendable {
    private let pools: [LoopPool]
    private let reachability = Reachability()
    /// What other processes tell this one, and the heartbeat that tells whether the server is there.
    public let notifications: Notifications

    /// Opens nothing yet: connections are opened when they are first asked for.
    public init(_ configuration: DatabaseConfiguration, loops: [EventLoop]) {
        precondition(!loops.isEmpty, "a database needs a loop")
        let reachability = reachability
        pools = loops.map { LoopPool(configuration, on: $0, reachability) }
        notifications = Notifications(configuration, on: loops[0], reachability)
    }

    /// Begins the heartbeat: from now on `isReachable` is known, and calls fail at once while the server is
    /// away.
    public func start() { notifications.start() }

    /// Closes every connection; whatever is in flight fails.
    public func close() {
        notifications.close()
        for pool in pools { pool.loop.execute { pool.close() } }
    }

    /// Whether the server answered lately: at most two seconds old while the heartbeat runs.
    public var isReachable: Bool { reachability.isReachable }

    /// The database as one clinic sees it.
    public func clinic(_ tenant: TenantID) -> TenantDatabase {
        TenantDatabase(tenant: tenant, database: self)
    }

    /// Reads tables that have no tenant: the directory of tenants, organisations. A tenant's table is an
    /// error here.
    public func platformRows<Value: FromRow>(_ sql: SQL, as _: Value.Type = Value.self) async throws
        -> [Value]
    {
        try ResultSet(try await pool.read(sql, tenant: nil)).rows()
    }

    /// Reads the first row of a table without tenants.
    public func platformRow<Value: FromRow>(_ sql: SQL, as _: Value.Type = Value.self) async throws -> Value?
    {
        try ResultSet(try await pool.read(sql, tenant: nil)).row()
    }

    /// Runs `body` in a transaction of the platform's own login, which is bound by row security as well and
    /// sees only what platform policies name. The reason is recorded in the same transaction.
    public func acrossAllTenantsUnsafely<Value>(
        because reason: StaticString,
        _ body: nonisolated(nonsending) (borrowing PlatformTransaction) async throws -> Value
    ) async throws -> Value {
        let pool = pool
        guard let lane = pool.platform else { throw DatabaseError.noPlatformLogin }
        return try await pool.transact(
            { PlatformTransaction(because: reason.description, in: pool, on: lane) }, body)
    }

    /// Runs `body` in a transaction of the workers' login, which spans clinics but sees of them only what
    /// their worker policies name: waiting jobs, events. It runs all the time, so it leaves no line each
    /// time.
    public func asWorker<Value>(
        _ body: nonisolated(nonsending) (borrowing WorkerTransaction) async throws -> Value
    ) async throws -> Value {
        let pool = pool
        guard let lane = pool.worker else { throw DatabaseError.noWorkerLogin }
        return try await pool.transact({ WorkerTransaction(in: pool, on: lane) }, body)
    }

    /// The rows of one statement of the workers' login, run after others in the same transaction and the same
    /// network write.
    public func workerRows<Value: FromRow>(
        _ sql: SQL, after others: [SQL] = [], as _: Value.Type = Value.self
    ) async throws -> [Value] {
        let pool = pool
        guard let lane = pool.worker else { throw DatabaseError.noWorkerLogin }
        return try ResultSet(try await pool.once(others + [sql], on: lane)).rows()
    }

    /// Runs statements of the workers' login in one transaction and one network write; how many rows the last
    /// one touched.
    @discardableResult
    public func workerRun(_ statements: [SQL]) async throws -> Int {
        let pool = pool
        guard let lane = pool.worker else { throw DatabaseError.noWorkerLogin }
        return ResultSet(try await pool.once(statements, on: lane)).count
    }

    /// The pool of the loop that this task runs on.
    var pool: LoopPool {
        guard let loop = EventLoop.current, let pool = pools.first(where: { $0.loop === loop }) else {
            preconditionFailure("the database was called outside of its loops")
        }
        pool.start()
        return pool
    }
}

extension DatabaseError {
    static let noWorkerLogin = DatabaseError.refused(
        .insufficientPrivilege, constraint: nil, table: nil, message: "This process has no worker login.")
    static let noPlatformLogin = DatabaseError.refused(
        .insufficientPrivilege, constraint: nil, table: nil, message: "This process has no platform login.")
}
