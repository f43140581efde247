public import Database

extension JobContext {
    /// Does the job's effects on the database and takes the job away, in one transaction: both or neither, so
    /// that each effect happens once however often workers die. Return what it returns.
    public func finish(
        _ effects: nonisolated(nonsending) (borrowing Transaction) async throws -> Void
    ) async throws -> JobOutcome {
        try await clinic.write { transaction in
            try await effects(transaction)
            let left: [LeftLine] = try await transaction.rows(
                """
                DELETE FROM job WHERE tenant_id = \(transaction.tenant) AND id = \(id) AND state = 'running'
                    AND holder = \(hold.worker) AND taken = \(hold.taken) RETURNING subject
                """)
            guard let row = left.first else { throw JobTakenAway() }
            if let subject = row.subject {
                transaction.queue(JobQueue.advance(subject, of: transaction.tenant))
            }
        }
        return .finished
    }
}
