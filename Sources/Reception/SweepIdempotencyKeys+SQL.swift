import Database
public import JobQueue

extension SweepIdempotencyKeys {
    /// Deletes, and takes the job away with the same commit.
    public func run(in context: JobContext) async throws -> JobOutcome {
        try await context.finish { clinic in
            try await clinic.run(
                "DELETE FROM idempotency_key WHERE tenant_id = \(clinic.tenant) AND expires_at < now()")
        }
    }
}
