public import Database
public import Vocabulary

/// Where events wait until they are told, in the order in which they happened to their clinic.
public enum Outbox {
    /// The channel on which is told, once it is committed, that there is something to read: numbers of
    /// clinics, parted by commas.
    public static let channel: StaticString = "outbox"

    /// Writes the event down in the transaction that makes it true. It travels with the transaction's next
    /// write; should it fail, so does the commit.
    public static func record(_ event: some Event, in transaction: borrowing Transaction) {
        transaction.queue(
            """
            INSERT INTO outbox (tenant_id, kind, subject_id, subject_version, payload)
            VALUES (\(transaction.tenant), \(type(of: event).kind), \(event.subject), \(event.version), \
            \(JSONText(event.payload)))
            """)
        transaction.announce(String(transaction.tenant.number), on: channel)
    }

    /// A clinic's events after a position, in order, at most `limit`. An event shows once no transaction
    /// that is older than its own is still under way: whoever reads on from the last one misses none.
    public static func after(
        _ position: OutboxPosition, in clinic: TenantDatabase, limit: Int = 500
    ) async throws -> [RecordedEvent] {
        try await clinic.rows(
            """
            SELECT \(RecordedEvent.columns) FROM outbox
            WHERE tenant_id = \(clinic.tenant)
                AND (transaction_id, sequence) > (\(String(position.transaction))::xid8, \(position.sequence))
                AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY transaction_id, sequence LIMIT \(limit)
            """)
    }

    /// The events of several clinics, each after a position of its own, at most `limit` of each: what a
    /// relay reads. Each clinic costs one look into its own span of the index.
    public static func after(
        _ positions: [TenantID: OutboxPosition], in database: Database, limit: Int = 500
    ) async throws -> [RecordedEvent] {
        let tenants = positions.keys.sorted(), read = tenants.compactMap { positions[$0] }
        return try await database.workerRows(
            """
            SELECT event.* FROM unnest(\(tenants), \(read.map { String($0.transaction) }),
                \(read.map(\.sequence))) AS reader (tenant_id, transaction_id, sequence)
            CROSS JOIN LATERAL (
                SELECT \(RecordedEvent.columns) FROM outbox
                WHERE tenant_id = reader.tenant_id
                    AND (transaction_id, sequence) > (reader.transaction_id::xid8, reader.sequence)
                    AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY transaction_id, outbox.sequence LIMIT \(limit)
            ) event
            """)
    }

    /// The position up to which everything has been committed: reading that begins here sees what comes next.
    public static func now(in database: Database) async throws -> OutboxPosition {
        let oldest = try await database.workerRows(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", as: Int64.self)
        return OutboxPosition(transaction: (oldest.first ?? 1) - 1, sequence: .max)
    }

    /// Forgets a clinic's events of longer ago than `age` that have been read up to `read`, and all of longer
    /// ago than `limit`, whoever has not read them: a reader that stands still must not fill the disk.
    public static func forget(
        olderThan age: Duration, readUpTo read: OutboxPosition, unreadOlderThan limit: Duration,
        in transaction: borrowing Transaction
    ) async throws -> ForgottenEvents {
        let found: ForgottenEvents? = try await transaction.row(
            """
            WITH gone AS (
                DELETE FROM outbox WHERE tenant_id = \(transaction.tenant)
                    AND at < now() - \(age.wholeMicroseconds) * interval '1 microsecond'
                    AND ((transaction_id, sequence) <= (\(String(read.transaction))::xid8, \(read.sequence))
                        OR at < now() - \(limit.wholeMicroseconds) * interval '1 microsecond')
                RETURNING (transaction_id, sequence) > (\(String(read.transaction))::xid8, \(read.sequence))
                    AS is_unread
            )
            SELECT count(*) FILTER (WHERE NOT is_unread), count(*) FILTER (WHERE is_unread) FROM gone
            """)
        return found ?? ForgottenEvents(read: 0, unread: 0)
    }
}

/// How many events were forgotten.
public struct ForgottenEvents: FromRow, Sendable, Equatable {
    /// That every reader had read.
    public let read: Int
    /// That some reader had not: nobody will be told of them.
    public let unread: Int

    init(read: Int, unread: Int) { (self.read, self.unread) = (read, unread) }

    /// Reads two counts.
    public init(_ row: inout Row) throws { (read, unread) = (try row.next(), try row.next()) }
}

extension RecordedEvent: FromRow {
    fileprivate static let columns: SQL = """
        outbox.tenant_id, outbox.transaction_id::text::bigint AS read_transaction,
        outbox.sequence AS read_sequence, outbox.kind, outbox.subject_id, outbox.subject_version, outbox.at, outbox.payload
        """

    /// Reads a row of `columns`.
    public init(_ row: inout Row) throws {
        tenant = try row.next()
        position = OutboxPosition(transaction: try row.next(), sequence: try row.next())
        (kind, subject, version) = (try row.next(), try row.next(), try row.next())
        (at, payload) = (try row.next(), try row.next())
    }
}
