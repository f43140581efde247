public import Database
public import Vocabulary

extension JobQueue {
    /// Lets a parked job of whatever clinic be tried again, with all its tries. Nil when there is none.
    public static func retry(_ id: ID<WaitingJob>, in database: Database) async throws -> JobView? {
        try await database.workerRows(retry(id, of: "true"), as: JobView.self).first
    }

    /// Takes a parked job of whatever clinic away. Nil when there is none.
    public static func drop(_ id: ID<WaitingJob>, in database: Database) async throws -> JobView? {
        try await database.workerRows(drop(id, of: "true"), as: JobView.self).first
    }

    /// Lets a clinic's parked job be tried again, with all its tries. Nil when there is none.
    public static func retry(_ id: ID<WaitingJob>, in clinic: borrowing Transaction) async throws -> JobView?
    {
        let view: JobView? = try await clinic.row(retry(id, of: "tenant_id = \(clinic.tenant)"))
        if let view { clinic.announce(view.lane.rawValue, on: channel) }
        return view
    }

    /// Takes a clinic's parked job away. Nil when there is none.
    public static func drop(_ id: ID<WaitingJob>, in clinic: borrowing Transaction) async throws -> JobView? {
        try await clinic.row(drop(id, of: "tenant_id = \(clinic.tenant)"))
    }

    private static func retry(_ id: ID<WaitingJob>, of whose: SQL) -> SQL {
        """
        UPDATE job SET state = 'ready', tries = 0, run_at = now(), reason = NULL
        WHERE id = \(id) AND state = 'parked' AND \(whose) RETURNING \(JobView.columns)
        """
    }

    private static func drop(_ id: ID<WaitingJob>, of whose: SQL) -> SQL {
        "DELETE FROM job WHERE id = \(id) AND state = 'parked' AND \(whose) RETURNING \(JobView.columns)"
    }
}
