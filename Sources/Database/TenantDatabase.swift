import EventLoop
public import Vocabulary

/// How long a read may take, by its nature.
public enum Pace: Sendable {
    /// An indexed handful of rows: shares a connection with others.
    case quick
    /// A report: has a connection to itself and a longer deadline.
    case slow
}

/// The database as one clinic sees it. Every statement runs under that clinic's tenant.
public struct TenantDatabase: Sendable {
    /// The clinic whose rows can be seen and written.
    public let tenant: TenantID
    let database: Database

    /// Reads rows. Reads of concurrent requests leave together; this one cannot write, and may run twice.
    public func rows<Value: FromRow>(
        _ sql: SQL, as _: Value.Type = Value.self, pace: Pace = .quick
    ) async throws -> [Value] {
        try ResultSet(try await answer(sql, pace)).rows()
    }

    /// Reads the first row, if there is one.
    public func row<Value: FromRow>(
        _ sql: SQL, as _: Value.Type = Value.self, pace: Pace = .quick
    ) async throws -> Value? {
        try ResultSet(try await answer(sql, pace)).row()
    }

    /// Reads rows and writes a line about it: both or neither. Such reads of concurrent requests share a
    /// transaction, hence a commit, and nothing is answered before it.
    public func rows<Value: FromRow>(
        _ sql: SQL, as _: Value.Type = Value.self, recording line: SQL
    ) async throws -> [Value] {
        try ResultSet(try await database.pool.commit(sql, [line], tenant: tenant)).rows()
    }

    /// A list as it leaves, of at most so many of the rows, with a line about it as above. Ask for one row
    /// more than the limit: whether it is there says whether the list goes on.
    public func list<Item: RowOutput>(
        _ sql: SQL, of _: Item.Type, atMost limit: Int, recording line: SQL
    ) async throws -> RowList<Item> {
        try ResultSet(try await database.pool.commit(sql, [line], tenant: tenant)).list(atMost: limit)
    }

    /// Writes with one statement, and any others that belong to it: all of them or none. They share a commit
    /// with other requests' writes of the moment. The rows are those of the first statement.
    public func once<Value: FromRow>(
        _ sql: SQL, as _: Value.Type = Value.self, with others: [SQL] = []
    ) async throws -> [Value] {
        try ResultSet(try await database.pool.once(sql, others, tenant: tenant)).rows()
    }

    /// Writes like `once(_:as:with:)`; how many rows the first statement touched.
    @discardableResult
    public func once(_ sql: SQL, with others: [SQL] = []) async throws -> Int {
        ResultSet(try await database.pool.once(sql, others, tenant: tenant)).count
    }

    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws or its task is
    /// cancelled. A body that awaits no statement shares its commit with others' writes of the moment.
    ///
    /// After a deadlock, a serialisation failure or the loss of the connection before the commit the
    /// transaction is provably undone and `body` is run again, a few times and not beyond the deadline, so it
    /// must have no effect but on the transaction. A connection lost after the commit was sent throws
    /// `commitUnknown` and is never retried.
    public func write<Value>(
        _ body: nonisolated(nonsending) (borrowing Transaction) async throws -> Value
    ) async throws -> Value {
        let pool = database.pool
        return try await pool.transact({ Transaction(for: tenant, in: pool) }, body)
    }

    private func answer(_ sql: SQL, _ pace: Pace) async throws -> Answer {
        let pool = database.pool
        return switch pace {
        case .quick: try await pool.read(sql, tenant: tenant)
        case .slow: try await pool.once([.confine(to: tenant), sql], on: pool.slow)
        }
    }
}
