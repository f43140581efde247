import Database
import Vocabulary

/// What workers do for all of them, one at a time: jobs of the dead return, and what is due becomes ready.
enum WorkerDuty {
    /// Advisory locks of the job queue: this number, and a lane's hash, or zero for the duties.
    static let gates: Int32 = 7107
    /// How many jobs are moved in one turn.
    private static let most = 1000

    /// Whether the duties are this worker's now; to the end of its transaction.
    static let begin: SQL = "SELECT pg_try_advisory_xact_lock(\(gates), 0)"

    /// Forgets workers that have not been seen: for ten seconds, or for three when their last connection is
    /// gone, as a killed process's is. Gives back what nobody known holds. A try is counted: a job that kills
    /// its worker must not do so for ever.
    static func recover(in transaction: borrowing WorkerTransaction) async throws -> [RecoveredJob] {
        transaction.queue(
            """
            DELETE FROM job_worker WHERE seen_at < now() - interval '10 seconds'
                OR seen_at < now() - interval '3 seconds'
                    AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = job_worker.backend)
            """)
        let recovered: [RecoveredJob] = try await transaction.rows(
            """
            WITH lost AS (
                SELECT tenant_id, id FROM job WHERE state = 'running'
                    AND NOT EXISTS (SELECT FROM job_worker WHERE job_worker.id = job.holder)
                LIMIT \(most) FOR NO KEY UPDATE SKIP LOCKED
            )
            UPDATE job SET state = CASE WHEN job.tries + 1 >= job.tries_max THEN 'parked' ELSE 'ready' END,
                tries = job.tries + 1, holder = NULL, begun_at = NULL,
                reason = 'the worker that had it is gone'
            FROM lost WHERE job.tenant_id = lost.tenant_id AND job.id = lost.id
            RETURNING job.tenant_id, job.lane, job.kind, job.subject, job.state = 'parked'
            """)
        let gone = recovered.filter { $0.isParked && $0.subject != nil }
        if !gone.isEmpty {
            transaction.queue(EndedJobs.advance(gone.map(\.tenant), gone.map { $0.subject ?? "" }))
        }
        return recovered
    }

    /// What rested, and what was scheduled, becomes ready when its time has come: what has been due longest
    /// first. Where that fills a turn, as much again is moved of all clinics in equal shares, so that one
    /// clinic's many keep no other's waiting.
    static func promote(in transaction: borrowing WorkerTransaction) async throws -> [String] {
        var lanes: [String] = []
        for state in ["later", "scheduled"] {
            let moved: [String] = try await transaction.rows(makeReady(state, longestDue(state)))
            lanes += moved
            guard moved.count >= most else { continue }
            lanes += try await transaction.rows(makeReady(state, sharesOfDue(state)), as: String.self)
        }
        return lanes
    }

    /// What was scheduled goes to the end of its subject's line, and holds on to whoever is last there
    /// (`JobQueue.enqueue`); what rested has kept its place.
    private static func makeReady(_ state: String, _ due: SQL) -> SQL {
        let place: SQL =
            state == "later"
            ? "state = 'ready'"
            : """
            place = DEFAULT,
                state = CASE WHEN job.subject IS NOT NULL AND EXISTS (SELECT FROM (
                    SELECT FROM job AS line WHERE line.tenant_id = job.tenant_id AND line.subject = job.subject
                        AND line.state IN ('ready', 'behind', 'running', 'later')
                    ORDER BY line.place DESC LIMIT 1 FOR KEY SHARE) AS last) THEN 'behind' ELSE 'ready' END
            """
        return """
            \(due) UPDATE job SET \(place)
            FROM due WHERE job.tenant_id = due.tenant_id AND job.id = due.id RETURNING job.lane
            """
    }

    private static func longestDue(_ state: String) -> SQL {
        """
        WITH due AS (
            SELECT tenant_id, id FROM job
            WHERE state IN ('scheduled', 'later') AND state = \(state) AND run_at <= now()
            ORDER BY run_at LIMIT \(most) FOR NO KEY UPDATE SKIP LOCKED
        )
        """
    }

    /// Skips from clinic to clinic; of each that has something due the longest due, as many as make up a
    /// turn.
    private static func sharesOfDue(_ state: String) -> SQL {
        """
        WITH RECURSIVE turn (tenant_id, run_at) AS (
            (SELECT tenant_id, run_at FROM job WHERE state IN ('scheduled', 'later') AND state = \(state)
            ORDER BY tenant_id, run_at LIMIT 1)
            UNION ALL
            SELECT next.tenant_id, next.run_at FROM turn CROSS JOIN LATERAL (
                SELECT job.tenant_id, job.run_at FROM job
                WHERE state IN ('scheduled', 'later') AND state = \(state) AND job.tenant_id > turn.tenant_id
                ORDER BY job.tenant_id, job.run_at LIMIT 1) next
        ), clinic AS (
            SELECT tenant_id, ceil(\(most)::float8 / count(*) OVER ())::bigint AS share
            FROM turn WHERE run_at <= now()
        ), due AS (
            SELECT first.tenant_id, first.id FROM clinic CROSS JOIN LATERAL (
                SELECT job.tenant_id, job.id FROM job
                WHERE state IN ('scheduled', 'later') AND state = \(state)
                    AND job.tenant_id = clinic.tenant_id AND job.run_at <= now()
                ORDER BY job.run_at LIMIT clinic.share FOR NO KEY UPDATE SKIP LOCKED) first
        )
        """
    }
}

/// A job that was taken from the dead.
struct RecoveredJob: FromRow {
    let tenant: TenantID
    let lane: String
    let kind: String
    let subject: String?
    let isParked: Bool

    init(_ row: inout Row) throws {
        (tenant, lane, kind) = (try row.next(), try row.next(), try row.next())
        (subject, isParked) = (try row.next(), try row.next())
    }
}
