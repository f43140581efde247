import CLibPQ
public import Vocabulary

/// Statements that can be run, one after the other, within an open transaction.
public protocol TransactionScope: ~Copyable {
    /// The conversation with the server; only this room can make one.
    var conversation: Conversation { get }
}

/// An open transaction's connection. Opaque outside of this room.
public struct Conversation {
    let session: OwnedSession
}

extension TransactionScope where Self: ~Copyable {
    /// Runs a statement and reads its rows.
    public func rows<Value: FromRow>(_ sql: SQL, as _: Value.Type = Value.self) async throws -> [Value] {
        try ResultSet(try await conversation.session.run(sql)).rows()
    }

    /// Runs a statement and reads the first row, if there is one.
    public func row<Value: FromRow>(_ sql: SQL, as _: Value.Type = Value.self) async throws -> Value? {
        try ResultSet(try await conversation.session.run(sql)).row()
    }

    /// Runs a statement; how many rows it touched.
    @discardableResult
    public func run(_ sql: SQL) async throws -> Int {
        ResultSet(try await conversation.session.run(sql)).count
    }

    /// Adds a statement whose result nobody awaits: it leaves with the next awaited one or with the commit,
    /// and costs no trip of its own. If it is refused, the next awaited statement, or the commit, throws its
    /// error.
    public func queue(_ sql: SQL) { conversation.session.queue(sql) }

    /// Waits for these locks, lowest first, before anything else of the transaction runs, and holds them to
    /// its end. Asked for after a statement has run, they are taken in their place.
    public func lock(_ keys: [Int64]) { conversation.session.lock(keys) }

    /// Tells whoever listens at the channel, in any process, once this is committed: a hint that there is
    /// something to look for. What many transactions say within a few milliseconds is said once, as words
    /// parted by commas; a process that dies in between says nothing, so a listener also looks now and then.
    public func announce(_ word: String, on channel: StaticString) {
        conversation.session.announced.append(Announcement(channel: channel, word: word))
    }
}

/// One open transaction, confined to one clinic.
///
/// It cannot be copied and is only ever lent, so no handler can keep it; and no statement runs before the
/// tenant is set, because the only initializer makes the tenant ride in front of the first one.
public struct Transaction: ~Copyable, TransactionScope {
    /// The open conversation with the server.
    public let conversation: Conversation
    /// The clinic whose rows can be seen and written.
    public let tenant: TenantID

    init(for tenant: TenantID, in pool: LoopPool) {
        self.tenant = tenant
        conversation = Conversation(
            session: OwnedSession(
                in: pool, on: pool.writes, prologue: [.confine(to: tenant)], sharing: tenant,
                deadline: pool.configuration.deadline))
    }

    fileprivate init(for tenant: TenantID, within outer: Conversation) {
        (self.tenant, conversation) = (tenant, outer)
    }
}

/// An open transaction of the workers' login: of every clinic it sees what worker policies name, no more.
public struct WorkerTransaction: ~Copyable, TransactionScope {
    /// The open conversation with the server.
    public let conversation: Conversation

    init(in pool: LoopPool, on lane: OwnedLane) {
        conversation = Conversation(
            session: OwnedSession(
                in: pool, on: lane, prologue: [], deadline: pool.configuration.slowDeadline))
    }
}

/// An open transaction of the platform, in which no tenant's row is seen except through a platform policy.
public struct PlatformTransaction: ~Copyable, TransactionScope {
    /// The open conversation with the server.
    public let conversation: Conversation

    init(because reason: String, in pool: LoopPool, on lane: OwnedLane) {
        let prologue: [SQL] = [.confine(to: SQL.nobody), .recordPlatformAccess(reason)]
        conversation = Conversation(
            session: OwnedSession(
                in: pool, on: lane, prologue: prologue, deadline: pool.configuration.slowDeadline))
    }

    /// Does a part of the work within one clinic, under the clinic's own policy and in the same transaction.
    public func inside<Value>(
        _ tenant: TenantID, _ body: nonisolated(nonsending) (borrowing Transaction) async throws -> Value
    ) async throws -> Value {
        queue(.confine(to: tenant))
        let value = try await body(Transaction(for: tenant, within: conversation))
        queue(.confine(to: SQL.nobody))
        return value
    }
}
