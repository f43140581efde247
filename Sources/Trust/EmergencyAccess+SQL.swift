public import Database
import Identity
import Records
import Vocabulary

extension EmergencyAccess.Reason: SQLValue {}
extension EmergencyAccess.Verdict: SQLValue {}

extension EmergencyAccess: FromRow {
    private static let columns: SQL = """
        id, staff_member_id, role, patient_id, reason, words, began_at, ends_at, ended_at, review_due_at, verdict,
        review_words, reviewed_by, reviewed_at, (SELECT min(n.told_at) FROM emergency_notice n
            WHERE n.tenant_id = emergency_access.tenant_id AND n.emergency_id = emergency_access.id)
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, staff, role, patient) = (try row.next(), try row.next(), try row.next(), try row.next())
        (reason, words, beganAt) = (try row.next(), try row.next(), try row.next())
        (endsAt, endedAt, reviewDueAt) = (try row.next(), try row.next(), try row.next())
        let verdict = try row.next(Verdict?.self), said = try row.next(String?.self)
        let reviewer = try row.next(ID<StaffMember>?.self), reviewedAt = try row.next(Instant?.self)
        if let verdict, let said, let reviewer, let reviewedAt {
            review = Review(verdict: verdict, words: said, by: reviewer, at: reviewedAt)
        }
        toldAt = try row.next()
    }

    /// The latest first, after the last one seen.
    static func page(
        before last: ID<EmergencyAccess>?, onlyWaiting: Bool, limit: Int, in tenant: TenantID
    ) -> SQL {
        let after: SQL = if let last { "AND id < \(last)" } else { "" }
        let waiting: SQL = onlyWaiting ? "AND verdict IS NULL" : ""
        return """
            SELECT \(columns) FROM emergency_access WHERE tenant_id = \(tenant) \(after) \(waiting)
            ORDER BY id DESC LIMIT \(limit)
            """
    }

    /// One of them; `forChange` keeps others from changing it until the transaction ends.
    static func withID(_ id: ID<EmergencyAccess>, forChange: Bool = false, in tenant: TenantID) -> SQL {
        let held: SQL = forChange ? "FOR UPDATE" : ""
        return "SELECT \(columns) FROM emergency_access WHERE tenant_id = \(tenant) AND id = \(id) \(held)"
    }

    /// How many of somebody's nobody has looked at in time.
    static func overdue(of person: UniqueID, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT count(*) FROM emergency_access WHERE tenant_id = \(tenant) AND staff_member_id = \(person)
            AND verdict IS NULL AND review_due_at <= \(now)
        """
    }

    /// Those that somebody has opened of this patient and that are still open.
    static func open(of person: UniqueID, _ patient: ID<Patient>, at now: Instant, in tenant: TenantID) -> SQL
    {
        """
        SELECT \(columns) FROM emergency_access WHERE tenant_id = \(tenant) AND staff_member_id = \(person)
            AND patient_id = \(patient) AND ended_at IS NULL AND ends_at > \(now) LIMIT 1
        """
    }

    func insert(in clinic: borrowing Transaction) {
        clinic.queue(
            """
            INSERT INTO emergency_access (tenant_id, id, staff_member_id, role, patient_id, reason, words, began_at,
                ends_at, review_due_at)
            VALUES (\(clinic.tenant), \(id), \(staff), \(role), \(patient), \(reason), \(words), \(beganAt),
                \(endsAt), \(reviewDueAt))
            """)
    }

    /// No row for another's, or for one that is over.
    static func end(_ id: ID<EmergencyAccess>, of person: UniqueID, at now: Instant, in tenant: TenantID)
        -> SQL
    {
        """
        UPDATE emergency_access SET ended_at = \(now) WHERE tenant_id = \(tenant) AND id = \(id)
            AND staff_member_id = \(person) AND ended_at IS NULL AND ends_at > \(now) RETURNING \(columns)
        """
    }

    /// The table knows that nobody judges themselves.
    static func decide(_ id: ID<EmergencyAccess>, _ review: Review, in clinic: borrowing Transaction) {
        clinic.queue(
            """
            UPDATE emergency_access SET verdict = \(review.verdict), review_words = \(review.words),
                reviewed_by = \(review.by), reviewed_at = \(review.at)
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND verdict IS NULL
            """)
    }
}
