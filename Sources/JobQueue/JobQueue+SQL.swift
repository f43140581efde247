public import Database
public import Vocabulary

/// Where jobs are left for later, in the transaction that makes them necessary.
public enum JobQueue {
    /// The channel on which is told that jobs wait: names of lanes, parted by commas.
    static let channel: StaticString = "job_ready"

    /// Leaves a job; it exists once the transaction is committed. It travels with the transaction's next
    /// write.
    ///
    /// - key: the same kind of job with the same key is not left twice while the first one waits, runs, or is
    ///   parked; the second one is ignored.
    /// - subject: jobs of the clinic with the same subject, of whatever kind, run one at a time, in the order
    ///   in which they were left, or became due. At most 200 characters, as the key.
    /// - notBefore: it waits until then.
    public static func enqueue<J: Job>(
        _ job: J, key: String? = nil, subject: String? = nil, notBefore: Instant? = nil,
        in transaction: borrowing Transaction
    ) {
        transaction.queue(insert(job, key, subject, notBefore, of: transaction.tenant))
        transaction.announce(J.lane.rawValue, on: channel)
    }

    /// Leaves a job at once; false when one of its kind and key waits, runs, or is parked: then nothing is
    /// left.
    public static func enqueueUnlessThere<J: Job>(
        _ job: J, key: String, in transaction: borrowing Transaction
    ) async throws -> Bool {
        guard try await transaction.run(insert(job, key, nil, nil, of: transaction.tenant)) > 0 else {
            return false
        }
        transaction.announce(J.lane.rawValue, on: channel)
        return true
    }

    private static func insert<J: Job>(
        _ job: J, _ key: String?, _ subject: String?, _ notBefore: Instant?, of tenant: TenantID
    ) -> SQL {
        let state: SQL = subject.map { place(inLineOf: $0, of: tenant) } ?? "'ready'"
        return """
            INSERT INTO job (tenant_id, lane, kind, key, subject, payload, tries_max, run_at, state)
            SELECT \(tenant), \(J.lane), \(J.kind), \(key), \(subject), \
                \(JSONText(job.payload)), \(Int16(clamping: J.retries.tries)), coalesce(\(notBefore), now()),
                CASE WHEN \(notBefore) > now() THEN 'scheduled' ELSE \(state) END
            ON CONFLICT (tenant_id, kind, key) WHERE key IS NOT NULL DO NOTHING
            """
    }

    /// Calls a job off: one that waits, or was parked, leaves; one that runs is told to stop, and leaves when
    /// it does, unless it is finished first.
    public static func cancel<J: Job>(_: J.Type, key: String, in transaction: borrowing Transaction)
        async throws
    {
        let left: [LeftLine] = try await transaction.rows(
            """
            DELETE FROM job WHERE tenant_id = \(transaction.tenant) AND kind = \(J.kind) AND key = \(key)
                AND state <> 'running' RETURNING subject
            """)
        transaction.queue(
            """
            UPDATE job SET cancel_asked = true WHERE tenant_id = \(transaction.tenant) AND kind = \(J.kind)
                AND key = \(key) AND state = 'running'
            """)
        for case let subject? in left.map(\.subject) {
            transaction.queue(advance(subject, of: transaction.tenant))
        }
    }

    /// Of these keys, those under which a job of the kind is still to be carried out.
    public static func waitingKeys<J: Job>(of _: J.Type, among keys: [String], in tenant: TenantID) -> SQL {
        """
        SELECT key FROM job WHERE tenant_id = \(tenant) AND kind = \(J.kind) AND key = ANY (\(keys))
            AND state <> 'parked'
        """
    }

    /// Lets the first of a subject's line go on. Run after the one before it has left, in the same
    /// transaction.
    static func advance(_ subject: String, of tenant: TenantID) -> SQL {
        """
        UPDATE job SET state = 'ready' WHERE tenant_id = \(tenant) AND state = 'behind' AND id = (
            SELECT id FROM job WHERE tenant_id = \(tenant) AND subject = \(subject) AND state = 'behind'
            ORDER BY place LIMIT 1)
        """
    }

    /// Behind the last of the line, which is held on to: it cannot leave before this is committed, so whoever
    /// takes it away sees the new one. If it is just leaving, this waits and finds the line as it is then.
    private static func place(inLineOf subject: String, of tenant: TenantID) -> SQL {
        """
        CASE WHEN EXISTS (SELECT FROM (
            SELECT FROM job WHERE tenant_id = \(tenant) AND subject = \(subject)
                AND state IN ('ready', 'behind', 'running', 'later')
            ORDER BY place DESC LIMIT 1 FOR KEY SHARE) AS last) THEN 'behind' ELSE 'ready' END
        """
    }
}

/// A row that was taken away: whose line goes on, if it stood in one.
struct LeftLine: FromRow {
    let subject: String?

    init(_ row: inout Row) throws { subject = try row.next() }
}
