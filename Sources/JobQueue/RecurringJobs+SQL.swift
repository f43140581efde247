import Database
import JSON
import Tenancy
import Vocabulary

/// The rows that remember when recurring jobs are due, one a clinic or location, shared by all workers.
struct RecurringJobs: Sendable {
    private static let most = 500
    /// The location of what recurs for a whole clinic.
    static let nowhere = UniqueID(high: 0, low: 0)
    /// A new row says so by being due before anything was: its first time is found, and nothing is enqueued.
    private static let unset = Instant(seconds: 0)
    /// How far clinics of one rule are spread.
    private static let spreadSeconds: Int64 = 3000

    let kinds: [String: Recurring]
    let zones: ZoneFiles

    init(_ recurrences: [Recurring], zones: ZoneFiles) {
        kinds = Dictionary(recurrences.map { ($0.kind, $0) }) { first, _ in first }
        self.zones = zones
    }

    /// New clinics and locations get their rows, closed locations lose theirs.
    func settle(in transaction: borrowing WorkerTransaction) {
        for recurring in kinds.values {
            transaction.queue(
                recurring.place == .clinic ? Self.clinics(recurring.kind) : Self.locations(recurring.kind))
        }
        transaction.queue(
            """
            DELETE FROM recurring_job WHERE location_id <> \(Self.nowhere) AND NOT EXISTS (
                SELECT FROM location WHERE location.tenant_id = recurring_job.tenant_id
                    AND location.id = recurring_job.location_id AND location.active)
            """)
    }

    /// Enqueues what is due, once a row however many times were missed, and finds each row's next time.
    func fire(at now: Instant, in transaction: borrowing WorkerTransaction) async throws -> Set<String> {
        guard !kinds.isEmpty else { return [] }
        let due: [DueRow] = try await transaction.rows(
            """
            SELECT r.tenant_id, r.kind, r.location_id, r.due_at, location.zone FROM recurring_job r
            JOIN tenant ON tenant.id = r.tenant_id AND tenant.suspended_at IS NULL
            LEFT JOIN location ON location.tenant_id = r.tenant_id AND location.id = r.location_id
            WHERE r.due_at <= \(now) AND r.kind = ANY(\(kinds.keys.sorted()))
            ORDER BY r.due_at LIMIT \(Self.most) FOR UPDATE OF r SKIP LOCKED
            """)
        guard !due.isEmpty else { return [] }
        let coming = due.filter { $0.dueAt > Self.unset }
        if !coming.isEmpty { transaction.queue(enqueue(coming)) }
        let next = due.map { self.next(of: $0, after: now) }
        transaction.queue(
            """
            UPDATE recurring_job r SET due_at = due.due_at
            FROM unnest(\(due.map(\.tenant)), \(due.map(\.kind)), \(due.map(\.location)), \(next))
                AS due (tenant_id, kind, location_id, due_at)
            WHERE r.tenant_id = due.tenant_id AND r.kind = due.kind AND r.location_id = due.location_id
            """)
        return Set(coming.compactMap { kinds[$0.kind]?.lane.rawValue })
    }

    private func enqueue(_ due: [DueRow]) -> SQL {
        """
        INSERT INTO job (tenant_id, lane, kind, key, payload, tries_max, state)
        SELECT tenant_id, lane, kind, key, payload, tries, 'ready'
        FROM unnest(\(due.map(\.tenant)), \(due.map { kinds[$0.kind]?.lane ?? .retention }), \(due.map(\.kind)),
            \(due.map { "\($0.location.uuidText) \($0.dueAt.text)" }), \(due.map(\.payload)),
            \(due.map { Int16(clamping: kinds[$0.kind]?.tries ?? 1) }))
            AS due (tenant_id, lane, kind, key, payload, tries)
        ON CONFLICT (tenant_id, kind, key) WHERE key IS NOT NULL DO NOTHING
        """
    }

    /// A zone that cannot be read is no reason to stop: it recurs by UTC until somebody mends it.
    private func next(of row: DueRow, after now: Instant) -> Instant {
        let day = Duration.seconds(86_400)
        guard let recurring = kinds[row.kind] else { return now + day }
        guard recurring.place == .clinic else {
            let zone = row.zone.flatMap { try? zones.zone(named: $0) } ?? .utc
            return recurring.recurrence.next(after: now, in: zone) ?? now + day
        }
        let spread = Duration.seconds(Int64(row.tenant.number) * 7919 % Self.spreadSeconds)
        return recurring.recurrence.next(after: now - spread, in: .utc).map { $0 + spread } ?? now + day
    }

    private static func clinics(_ kind: String) -> SQL {
        """
        INSERT INTO recurring_job (tenant_id, kind, location_id, due_at)
        SELECT tenant.id, \(kind), \(nowhere), \(unset) FROM tenant WHERE NOT EXISTS (
            SELECT FROM recurring_job r WHERE r.tenant_id = tenant.id AND r.kind = \(kind)
                AND r.location_id = \(nowhere))
        ON CONFLICT DO NOTHING
        """
    }

    private static func locations(_ kind: String) -> SQL {
        """
        INSERT INTO recurring_job (tenant_id, kind, location_id, due_at)
        SELECT location.tenant_id, \(kind), location.id, \(unset) FROM location
        WHERE location.active AND NOT EXISTS (
            SELECT FROM recurring_job r WHERE r.tenant_id = location.tenant_id AND r.kind = \(kind)
                AND r.location_id = location.id)
        ON CONFLICT DO NOTHING
        """
    }
}

private struct DueRow: FromRow {
    let tenant: TenantID
    let kind: String
    let location: UniqueID
    let dueAt: Instant
    let zone: String?

    /// The location, for what recurs at one.
    var payload: JSONText {
        var writer = JSONWriter(capacity: 64)
        writer.object { members in
            if location != RecurringJobs.nowhere { members.member("location", ID<Location>(location).text) }
        }
        return JSONText(writer.bytes)
    }

    init(_ row: inout Row) throws {
        (tenant, kind, location) = (try row.next(), try row.next(), try row.next())
        (dueAt, zone) = (try row.next(), try row.next())
    }
}
