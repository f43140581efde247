public import Database
import Identity
import Vocabulary

extension CareTeamMember: FromRow {
    private static let columns: SQL = "id, staff_member_id, since, valid_until, added_by"

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, staff, since) = (try row.next(), try row.next(), try row.next())
        (until, addedBy) = (try row.next(), try row.next())
    }

    /// A patient's team, without those whose time is over.
    static func all(of patient: ID<Patient>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM care_team
        WHERE tenant_id = \(tenant) AND patient_id = \(patient) AND removed_at IS NULL
            AND (valid_until > \(now) OR valid_until IS NULL)
        ORDER BY since, id LIMIT \(most)
        """
    }

    /// No row where they do not work here any more.
    func insert(for patient: ID<Patient>, in tenant: TenantID) -> SQL {
        """
        INSERT INTO care_team (tenant_id, id, patient_id, staff_member_id, since, valid_until, added_by)
        SELECT tenant_id, \(id), \(patient), id, \(since), \(until), \(addedBy) FROM staff_member
        WHERE tenant_id = \(tenant) AND id = \(staff) AND active
        """
    }

    /// What was stays; from now on it counts no more.
    static func remove(
        _ id: ID<CareTeamMember>, of patient: ID<Patient>, by remover: UniqueID, at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        UPDATE care_team SET removed_at = \(now), removed_by = \(remover)
        WHERE tenant_id = \(tenant) AND id = \(id) AND patient_id = \(patient) AND removed_at IS NULL
        RETURNING \(columns)
        """
    }
}
