import Database
import Vocabulary

/// A worker's own row, by which others see that it lives.
struct WorkerRow: Sendable {
    let id: UniqueID
    let name: String
    let lanes: [Lane]

    func register(in database: Database) async throws {
        try await database.workerRun([
            "INSERT INTO job_worker (id, name, lanes) VALUES (\(id), \(name), \(lanes))"
        ])
    }

    /// Says that it is there. False when it was given up meanwhile: what it holds is no longer its.
    func beSeen(in database: Database) async throws -> Bool {
        try await database.workerRun([
            "UPDATE job_worker SET seen_at = now(), backend = pg_backend_pid() WHERE id = \(id)"
        ]) > 0
    }

    func leave(_ database: Database) async throws {
        try await database.workerRun(["DELETE FROM job_worker WHERE id = \(id)"])
    }

    /// Which of its jobs were called off.
    func calledOff(in database: Database) async throws -> [TakenName] {
        try await database.workerRows(
            """
            SELECT tenant_id, id, taken FROM job
            WHERE state = 'running' AND lane = ANY(\(lanes)) AND holder = \(id) AND cancel_asked
            """)
    }
}

extension TakenName: FromRow {
    init(_ row: inout Row) throws {
        (tenant, id, taken) = (try row.next(), try row.next(), try row.next())
    }
}

/// How jobs ended, gathered until it is written down.
struct JobCounts: Sendable {
    struct Entry: Hashable {
        let tenant: TenantID
        let lane: Lane
        let kind: String
        let outcome: String
    }

    private var counts: [Entry: Int] = [:]

    var isEmpty: Bool { counts.isEmpty }

    mutating func add(_ entry: Entry) { counts[entry, default: 0] += 1 }

    mutating func add(_ others: JobCounts) { counts.merge(others.counts, uniquingKeysWith: +) }

    /// In the order of the key, so that two workers never wait for each other in a circle.
    func write(in database: Database) async throws {
        let rows = counts.sorted {
            ($0.key.tenant, $0.key.lane.rawValue, $0.key.kind, $0.key.outcome)
                < ($1.key.tenant, $1.key.lane.rawValue, $1.key.kind, $1.key.outcome)
        }
        try await database.workerRun([
            """
            INSERT INTO job_count (tenant_id, hour, lane, kind, outcome, jobs)
            SELECT tenant_id, date_trunc('hour', now(), 'UTC'), lane, kind, outcome, jobs
            FROM unnest(\(rows.map(\.key.tenant)), \(rows.map(\.key.lane)), \(rows.map(\.key.kind)),
                \(rows.map(\.key.outcome)), \(rows.map(\.value)))
                AS counted (tenant_id, lane, kind, outcome, jobs)
            WHERE EXISTS (SELECT FROM tenant WHERE tenant.id = counted.tenant_id)
            ON CONFLICT (tenant_id, hour, lane, kind, outcome)
                DO UPDATE SET jobs = job_count.jobs + excluded.jobs
            """
        ])
    }

    /// Forgets a clinic's counts of the weeks before the last.
    static func forget(in transaction: borrowing Transaction) {
        transaction.queue(
            """
            DELETE FROM job_count WHERE tenant_id = \(transaction.tenant)
                AND hour < now() - interval '7 days'
            """)
    }
}
