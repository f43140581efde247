public import Database
public import Vocabulary

extension LaneView: FromRow {
    /// How every lane is, over all clinics.
    public static func all(in database: Database) async throws -> [LaneView] {
        try await database.workerRows(select(of: "true"))
    }

    /// How a clinic's part of every lane is.
    public static func all(in clinic: TenantDatabase) async throws -> [LaneView] {
        try await clinic.rows(clinicSelect(clinic.tenant))
    }

    /// A clinic's part of every lane, as a statement.
    public static func clinicSelect(_ tenant: TenantID) -> SQL { select(of: "tenant_id = \(tenant)") }

    /// Each lane's figures cost a few looks into an index, however many jobs wait: counts end at
    /// `mostCounted`, and the oldest is the least of the clinics' first places, found by skipping from one
    /// clinic to the next. What waits for a suspended clinic is nobody's delay.
    private static func select(of whose: SQL) -> SQL {
        """
        SELECT l.lane, l.at_once, l.per_clinic,
            (SELECT count(*) FROM (SELECT FROM job WHERE job.lane = l.lane AND state = 'ready' AND \(whose)
                LIMIT \(mostCounted)) counted),
            (SELECT count(*) FROM job WHERE job.lane = l.lane AND state = 'running' AND \(whose)),
            (SELECT count(*) FROM (SELECT FROM job WHERE job.lane = l.lane AND state = 'parked' AND \(whose)
                LIMIT \(mostCounted)) counted),
            coalesce((\(oldest(of: whose))), 0),
            coalesce((SELECT sum(jobs) FROM job_count WHERE job_count.lane = l.lane AND outcome = 'done'
                AND hour >= date_trunc('hour', now(), 'UTC') - interval '1 hour' AND \(whose)), 0)::bigint,
            coalesce((SELECT sum(jobs) FROM job_count WHERE job_count.lane = l.lane AND outcome = 'retried'
                AND hour >= date_trunc('hour', now(), 'UTC') - interval '1 hour' AND \(whose)), 0)::bigint
        FROM (\(LaneLimits.all)) AS l
        """
    }

    private static func oldest(of whose: SQL) -> SQL {
        """
        WITH RECURSIVE first (clinic, run_at, step) AS (
            (SELECT tenant_id, run_at, 1 FROM job WHERE job.lane = l.lane AND state = 'ready' AND \(whose)
            ORDER BY tenant_id, place LIMIT 1)
            UNION ALL
            SELECT next.tenant_id, next.run_at, first.step + 1 FROM first CROSS JOIN LATERAL (
                SELECT tenant_id, job.run_at FROM job
                WHERE job.lane = l.lane AND state = 'ready' AND tenant_id > first.clinic AND \(whose)
                ORDER BY tenant_id, place LIMIT 1) next
            WHERE first.step < \(mostCounted)
        )
        SELECT greatest(0, extract(epoch FROM now() - min(first.run_at)))::bigint
        FROM first JOIN tenant ON tenant.id = first.clinic AND tenant.suspended_at IS NULL
        """
    }

    /// Reads a row of `select`.
    public init(_ row: inout Row) throws {
        (lane, limits) = (try row.next(), try Lane.Limits(&row))
        (ready, running) = (try row.next(), try row.next())
        (parked, oldestSeconds) = (try row.next(), try row.next())
        (done, retried) = (try row.next(), try row.next())
    }
}

extension JobView: FromRow {
    static let columns: SQL = """
        id, tenant_id, lane, kind, state, tries, tries_max, enqueued_at, run_at, reason
        """

    /// Jobs of one state, the oldest first, of all clinics.
    public static func list(
        _ state: String, lane: Lane?, limit: Int, in database: Database
    ) async throws -> [JobView] {
        try await database.workerRows(
            """
            SELECT \(columns) FROM job WHERE state = \(state) AND (\(lane)::text IS NULL OR lane = \(lane))
            ORDER BY tenant_id, id LIMIT \(limit)
            """)
    }

    /// A clinic's parked jobs after one of them, the oldest first, as a statement.
    public static func parked(
        after id: ID<WaitingJob>?, of lane: Lane?, limit: Int, in tenant: TenantID
    ) -> SQL {
        """
        SELECT \(columns) FROM job WHERE tenant_id = \(tenant) AND state = 'parked'
            AND (\(lane)::text IS NULL OR lane = \(lane)) AND (\(id)::uuid IS NULL OR id > \(id))
        ORDER BY id LIMIT \(limit)
        """
    }

    /// Reads a row of `columns`.
    public init(_ row: inout Row) throws {
        (id, tenant, lane) = (try row.next(), try row.next(), try row.next())
        (kind, state) = (try row.next(), try row.next())
        (tries, triesMax) = (Int(try row.next(Int16.self)), Int(try row.next(Int16.self)))
        (enqueuedAt, runAt, reason) = (try row.next(), try row.next(), try row.next())
    }
}
