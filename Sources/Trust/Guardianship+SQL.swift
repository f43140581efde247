public import Database
import Identity
import Records
import Roles
import Vocabulary

extension Guardianship.Relation: SQLValue {}

extension Guardianship: FromRow {
    private static let columns: SQL =
        "id, ward_id, guardian_id, relation, categories, since, valid_until, contested_at"

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, ward, guardian) = (try row.next(), try row.next(), try row.next())
        relation = try row.next()
        categories = try row.next([String].self).compactMap(WardCategory.init(rawValue:))
        (since, until, contestedAt) = (try row.next(), try row.next(), try row.next())
    }

    /// Those that hold, and those to come.
    static func all(of ward: ID<Patient>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM guardianship
        WHERE tenant_id = \(tenant) AND ward_id = \(ward) AND ended_at IS NULL AND valid_until > \(now)
        ORDER BY since, id LIMIT \(most)
        """
    }

    /// One that begins contested is so by whoever contested the others.
    func insert(by maker: UniqueID, in clinic: borrowing Transaction) {
        clinic.queue(
            """
            INSERT INTO guardianship (tenant_id, id, ward_id, guardian_id, relation, categories, since, valid_until,
                made_by, contested_at, contested_by)
            VALUES (\(clinic.tenant), \(id), \(ward), \(guardian), \(relation), \(categories.map(\.rawValue)),
                \(since), \(until), \(maker), \(contestedAt), (SELECT contested_by FROM guardianship
                    WHERE tenant_id = \(clinic.tenant) AND ward_id = \(ward) AND ended_at IS NULL
                        AND contested_at = \(contestedAt) LIMIT 1))
            """)
    }

    /// What was stays; from now on it counts no more.
    static func end(
        _ id: ID<Guardianship>, of ward: ID<Patient>, by ender: UniqueID, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE guardianship SET ended_at = \(now), ended_by = \(ender)
        WHERE tenant_id = \(tenant) AND id = \(id) AND ward_id = \(ward) AND ended_at IS NULL
        RETURNING \(columns)
        """
    }

    /// All of a patient's, from now on or no longer. Contested ones keep who said so first.
    static func contest(of ward: ID<Patient>, by contester: UniqueID, at now: Instant, in tenant: TenantID)
        -> SQL
    {
        """
        UPDATE guardianship SET contested_at = \(now), contested_by = \(contester)
        WHERE tenant_id = \(tenant) AND ward_id = \(ward) AND ended_at IS NULL AND contested_at IS NULL
        """
    }

    static func settle(of ward: ID<Patient>, in tenant: TenantID) -> SQL {
        """
        UPDATE guardianship SET contested_at = NULL, contested_by = NULL
        WHERE tenant_id = \(tenant) AND ward_id = \(ward) AND ended_at IS NULL AND contested_at IS NOT NULL
        """
    }

    /// When the patient was born, as far as the reach goes.
    static func birthDate(of ward: ID<Patient>, in tenant: TenantID) -> SQL {
        "SELECT birth_date FROM patient WHERE tenant_id = \(tenant) AND id = \(ward) AND active"
    }
}
