import Database

extension IdempotencySweep {
    /// How many were forgotten.
    func sweep() async throws -> Int {
        try await database.acrossAllTenantsUnsafely(because: "Expired idempotency keys are swept.") {
            platform in
            try await platform.run("DELETE FROM idempotency_key WHERE expires_at < now()")
        }
    }
}
