public import Database
public import Vocabulary

extension JobQueue {
    /// Whose a parked job is; nil when there is none.
    public static func clinic(ofParked id: ID<WaitingJob>, in database: Database) async throws -> TenantID? {
        let found: [TenantID] = try await database.workerRows(
            "SELECT tenant_id FROM job WHERE id = \(id) AND state = 'parked'")
        return found.first
    }

    /// Lets a clinic's parked job be tried again, with all its tries. Nil when there is none.
    public static func retry(_ id: ID<WaitingJob>, in clinic: borrowing Transaction) async throws -> JobView?
    {
        let view: JobView? = try await clinic.row(
            """
            UPDATE job SET state = 'ready', tries = 0, run_at = now(), reason = NULL
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND state = 'parked'
            RETURNING \(JobView.columns)
            """)
        if let view { clinic.announce(view.lane.rawValue, on: channel) }
        return view
    }

    /// Takes a clinic's parked job away. Nil when there is none.
    public static func drop(_ id: ID<WaitingJob>, in clinic: borrowing Transaction) async throws -> JobView? {
        try await clinic.row(
            """
            DELETE FROM job WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND state = 'parked'
            RETURNING \(JobView.columns)
            """)
    }
}
