import Database
public import JobQueue

extension Sweep {
    /// Forgets, every hour, answers that were kept for retries and have expired: without it every write ever
    /// made would keep its answer.
    public static let expiredAnswers = Sweep("sweep-idempotency-keys", .hourly) { clinic in
        clinic.queue("DELETE FROM idempotency_key WHERE tenant_id = \(clinic.tenant) AND expires_at < now()")
    }
}
