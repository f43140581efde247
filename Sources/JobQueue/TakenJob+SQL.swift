import Database
import Vocabulary

extension TakenJob: FromRow {
    private static let columns: SQL = """
        job.tenant_id, job.id, job.lane, job.kind, job.key, job.subject, job.payload, job.place, job.tries,
        job.tries_max, job.taken, job.enqueued_at, greatest(0, extract(epoch FROM now() - job.run_at) * 1000000)::bigint
        """

    init(_ row: inout Row) throws {
        step = try row.next()
        (tenant, id, lane) = (try row.next(), try row.next(), try row.next())
        (kind, key) = (try row.next(), try row.next())
        (subject, payload, place) = (try row.next(), try row.next(), try row.next())
        (tries, triesMax, taken) = (try row.next(), try row.next(), try row.next())
        (enqueuedAt, waited) = (try row.next(), try row.next())
    }

    /// One worker at a time takes from a lane, so that the limits are kept exactly. Given back at the end of
    /// its transaction; a snapshot taken after it sees what the one before has taken.
    static func gate(of lane: Lane) -> SQL {
        "SELECT pg_advisory_xact_lock(\(WorkerDuty.gates), hashtext(\(lane)))"
    }

    /// Takes at most `count` ready jobs of a lane.
    ///
    /// Whose turn it is: the clinics that have ready jobs, found by skipping from one to the next along the
    /// index from `clinic` on and round again, at most 64 of them. Of each the first places are candidates;
    /// those go first whose clinic has the fewest running for its weight: none gets a second place before
    /// each has one. No step depends on how many wait.
    static func take(
        _ count: Int, of lane: Lane, after clinic: TenantID, limits: Lane.Limits, for worker: UniqueID
    ) -> SQL {
        """
        WITH RECURSIVE turn (tenant_id, step, is_again) AS (
            SELECT \(clinic), 0, false
            UNION ALL
            SELECT next.tenant_id, turn.step + 1, next.is_again FROM turn CROSS JOIN LATERAL (
                (\(nextClinic(of: lane))) UNION ALL (\(firstClinic(of: lane))) LIMIT 1
            ) next
            WHERE turn.step < 64 AND (NOT next.is_again OR next.tenant_id <= \(clinic))
        ), share AS (
            SELECT turn.tenant_id, turn.step, tenant.job_weight AS weight,
                sum(tenant.job_weight) OVER () AS weights,
                (SELECT count(*) FROM job WHERE job.lane = \(lane) AND job.state = 'running'
                    AND job.tenant_id = turn.tenant_id) AS running
            FROM turn JOIN tenant ON tenant.id = turn.tenant_id AND tenant.suspended_at IS NULL
            WHERE turn.step > 0
        ), candidate AS (
            SELECT first.tenant_id, first.id, share.step,
                (share.running + first.number - 1)::float8 / share.weight AS load
            FROM share CROSS JOIN LATERAL (
                SELECT job.tenant_id, job.id, row_number() OVER (ORDER BY job.place) AS number FROM job
                WHERE job.lane = \(lane) AND job.state = 'ready' AND job.tenant_id = share.tenant_id
                    AND (job.subject IS NULL OR NOT EXISTS (\(earlierOfItsLine)))
                ORDER BY job.place
                LIMIT greatest(0, least(\(limits.perClinic) - share.running,
                    ceil(2.0 * \(count)::int8 * share.weight / share.weights)))::int8
            ) first
        ), chosen AS (
            SELECT tenant_id, id, step FROM candidate ORDER BY load, step
            LIMIT greatest(0, least(\(count), \(limits.atOnce) - (
                SELECT count(*) FROM job WHERE job.lane = \(lane) AND job.state = 'running')))
        ), held AS (
            SELECT job.tenant_id, job.id, chosen.step FROM chosen
            JOIN job ON job.tenant_id = chosen.tenant_id AND job.id = chosen.id AND job.state = 'ready'
            FOR NO KEY UPDATE OF job SKIP LOCKED
        )
        UPDATE job SET state = 'running', holder = \(worker), taken = job.taken + 1, begun_at = now()
        FROM held WHERE job.tenant_id = held.tenant_id AND job.id = held.id
        RETURNING held.step, \(columns)
        """
    }

    /// The lanes of these in which something is ready.
    static func readyLanes(of lanes: [Lane]) -> SQL {
        """
        SELECT lane FROM unnest(\(lanes)) AS lane
        WHERE EXISTS (SELECT FROM job WHERE job.lane = lane.lane AND job.state = 'ready')
        """
    }

    private static func nextClinic(of lane: Lane) -> SQL {
        """
        SELECT job.tenant_id, turn.is_again FROM job
        WHERE job.lane = \(lane) AND job.state = 'ready' AND job.tenant_id > turn.tenant_id
        ORDER BY job.tenant_id LIMIT 1
        """
    }

    /// Behind the last clinic the round begins again, once.
    private static func firstClinic(of lane: Lane) -> SQL {
        """
        SELECT job.tenant_id, true FROM job
        WHERE NOT turn.is_again AND job.lane = \(lane) AND job.state = 'ready'
        ORDER BY job.tenant_id LIMIT 1
        """
    }

    private static let earlierOfItsLine: SQL = """
        SELECT FROM job AS earlier WHERE earlier.tenant_id = job.tenant_id AND earlier.subject = job.subject
            AND earlier.place < job.place AND earlier.state IN ('ready', 'behind', 'running', 'later')
        """
}
