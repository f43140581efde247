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
    /// index from `clinic` on and round again, as many as are needed to fill the places though some have as
    /// many running as they may. Of each the first places are candidates, the first of all being the row that
    /// the skip has found; those go first whose clinic has the fewest running for its weight: none gets a
    /// second place before each has one. No step depends on how many wait, and a row is found once: what
    /// follows names it by where it lies.
    static func take(
        _ count: Int, of lane: Lane, after clinic: TenantID, limits: Lane.Limits, for worker: UniqueID
    ) -> SQL {
        """
        WITH RECURSIVE turn (tenant_id, place, spot, step, is_again, is_open, weight, opened) AS (
            SELECT \(clinic), 0::bigint, NULL::tid, 0, false, false, 1::smallint, 0
            UNION ALL
            SELECT next.tenant_id, next.place, next.spot, turn.step + 1, next.is_again, next.is_open,
                next.weight, turn.opened + next.is_open::int
            FROM turn CROSS JOIN LATERAL (
                SELECT found.*, tenant.job_weight AS weight,
                    tenant.id IS NOT NULL AND tenant.suspended_at IS NULL AS is_open
                FROM ((\(nextClinic(of: lane))) UNION ALL (\(firstClinic(of: lane))) LIMIT 1) found
                LEFT JOIN tenant ON tenant.id = found.tenant_id
            ) next
            WHERE turn.step < 1000 AND turn.opened < \(count + limits.fullClinicsMax)
                AND (NOT next.is_again OR next.tenant_id <= \(clinic))
        ), share AS (
            SELECT tenant_id, place, spot, step, weight,
                count(*) OVER () AS clinics, sum(weight) OVER () AS weights,
                (SELECT count(*) FROM job WHERE job.lane = \(lane) AND job.state = 'running'
                    AND job.tenant_id = turn.tenant_id) AS running
            FROM turn WHERE is_open
        ), candidate AS (
            SELECT first.spot, share.step, (share.running + first.number)::float8 / share.weight AS load
            FROM share CROSS JOIN LATERAL (
                SELECT least(\(limits.perClinic) - share.running,
                    ceil((2.0 * \(count)::int8 - share.clinics) * share.weight / share.weights))::int8 AS most
            ) room CROSS JOIN LATERAL (
                SELECT share.spot, 0 AS number
                UNION ALL
                (SELECT job.ctid, row_number() OVER (ORDER BY job.place) FROM job
                WHERE \(isFree(in: lane)) AND job.tenant_id = share.tenant_id AND job.place > share.place
                ORDER BY job.place LIMIT greatest(0, room.most - 1))
            ) first
            WHERE room.most > 0
        ), chosen AS (
            SELECT spot, step FROM candidate ORDER BY load, step
            LIMIT greatest(0, least(\(count), \(limits.atOnce) - (
                SELECT count(*) FROM job WHERE job.lane = \(lane) AND job.state = 'running')))
        ), held AS (
            SELECT job.ctid AS spot, chosen.step FROM chosen
            JOIN job ON job.ctid = chosen.spot AND job.state = 'ready'
            FOR NO KEY UPDATE OF job SKIP LOCKED
        )
        UPDATE job SET state = 'running', holder = \(worker), taken = job.taken + 1, begun_at = now()
        FROM held WHERE job.ctid = held.spot
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
        SELECT job.tenant_id, job.place, job.ctid AS spot, turn.is_again FROM job
        WHERE \(isFree(in: lane)) AND job.tenant_id > turn.tenant_id
        ORDER BY job.tenant_id, job.place LIMIT 1
        """
    }

    /// Behind the last clinic the round begins again, once.
    private static func firstClinic(of lane: Lane) -> SQL {
        """
        SELECT job.tenant_id, job.place, job.ctid, true FROM job
        WHERE NOT turn.is_again AND \(isFree(in: lane))
        ORDER BY job.tenant_id, job.place LIMIT 1
        """
    }

    /// Ready, the first of its line, and none of the line runs. That it is ready says so nearly always; a
    /// parked one that was given back to its place in the line has overtaken one that was ready, or runs, by
    /// then. Of two that are taken at the same moment `job_runs_alone` refuses one.
    private static func isFree(in lane: Lane) -> SQL {
        """
        job.lane = \(lane) AND job.state = 'ready' AND (job.subject IS NULL OR NOT EXISTS (
            SELECT FROM job AS earlier
            WHERE earlier.tenant_id = job.tenant_id AND earlier.subject = job.subject
                AND earlier.place < job.place AND earlier.state IN ('ready', 'behind', 'running', 'later'))
            AND NOT EXISTS (
            SELECT FROM job AS other
            WHERE other.tenant_id = job.tenant_id AND other.subject = job.subject AND other.id <> job.id
                AND other.state = 'running'))
        """
    }
}
