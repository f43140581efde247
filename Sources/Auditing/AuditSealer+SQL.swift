import Database
import JobQueue
import Vocabulary

extension AuditSealer {
    /// How many clinics are sealed in one pulse, those first whose turn was longest ago: with ten thousand
    /// busy ones each is sealed every few minutes, and sealing never takes more than a small part of the
    /// machine.
    private static let clinicsMost = 200

    static func leaveJobs(in database: Database, at now: Instant) async throws {
        try await database.asWorker { transaction in
            try await transaction.run(
                """
                INSERT INTO job (tenant_id, lane, kind, key, payload, tries_max, state)
                SELECT tenant.id, \(SealAudit.lane), \(SealAudit.kind), \(SealAudit.key), '{}',
                    \(Int16(clamping: SealAudit.retries.tries)), 'ready'
                FROM tenant LEFT JOIN LATERAL (
                    SELECT through FROM audit_segment s WHERE s.tenant_id = tenant.id ORDER BY number DESC LIMIT 1
                ) last ON true
                WHERE last.through < \(now - quiet) OR EXISTS (
                    SELECT FROM audit_event e WHERE e.tenant_id = tenant.id
                        AND e.id >= (lpad(to_hex(floor(extract(epoch FROM coalesce(last.through, 'epoch'))
                            * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid)
                ORDER BY last.through NULLS FIRST LIMIT \(clinicsMost)
                ON CONFLICT (tenant_id, kind, key) WHERE key IS NOT NULL DO NOTHING
                """)
            transaction.announce(SealAudit.lane.rawValue, on: "job_ready")
        }
    }
}
