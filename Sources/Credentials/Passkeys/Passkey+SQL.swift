public import Database
import Identity
import Vocabulary

extension Passkey: FromRow {
    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        id = try row.next()
        person = Person(try row.next(), try row.next())
        (name, isBackupEligible, isBackedUp) = (try row.next(), try row.next(), try row.next())
        (madeAt, usedAt) = (try row.next(), try row.next())
        (credentialID, publicKey) = (try row.next(), try row.next())
        // The schema keeps it within 32 bits.
        count = UInt32(truncatingIfNeeded: try row.next(Int64.self))
    }

    private static let columns: SQL = """
        id, person_kind, person_id, name, backup_eligible, backed_up, made_at, used_at, credential_id, public_key,
        sign_count
        """

    /// No row when the person has as many as they may.
    static func insert(
        _ made: NewPasskey, _ id: ID<Passkey>, of person: Person, named name: String, at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO passkey (tenant_id, id, person_kind, person_id, credential_id, public_key, model, name, sign_count,
            backup_eligible, backed_up, verifies, made_at)
        SELECT \(tenant), \(id), \(person.kind), \(person.id), \(made.credentialID), \(made.publicKey), \(made.model),
            \(name), \(Int64(made.count)), \(made.isBackupEligible), \(made.isBackedUp), \(made.isVerified), \(now)
        WHERE (SELECT count(*) FROM passkey
            WHERE tenant_id = \(tenant) AND person_kind = \(person.kind) AND person_id = \(person.id)) < \(most)
        RETURNING \(columns)
        """
    }

    static func all(of person: Person, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM passkey
        WHERE tenant_id = \(tenant) AND person_kind = \(person.kind) AND person_id = \(person.id) ORDER BY id
        """
    }

    /// Held until the transaction ends: of two sign-ins with one counter the second sees what the first kept.
    static func holding(_ credentialID: [UInt8], in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM passkey
        WHERE tenant_id = \(tenant) AND credential_id = \(credentialID) FOR UPDATE
        """
    }

    static func keep(
        _ proof: PasskeyAssertion.Proof, of id: ID<Passkey>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE passkey SET sign_count = \(Int64(proof.count)), backed_up = \(proof.isBackedUp), used_at = \(now)
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }

    static func remove(_ id: ID<Passkey>, of person: Person, in tenant: TenantID) -> SQL {
        """
        DELETE FROM passkey
        WHERE tenant_id = \(tenant) AND id = \(id) AND person_kind = \(person.kind) AND person_id = \(person.id)
        """
    }

    static func nameOfHolder(_ person: Person, in tenant: TenantID) -> SQL {
        switch person.kind {
        case .staff: "SELECT name FROM staff_member WHERE tenant_id = \(tenant) AND id = \(person.id)"
        case .patient: "SELECT name FROM patient WHERE tenant_id = \(tenant) AND id = \(person.id)"
        case .support: "SELECT NULL::text WHERE false"
        }
    }
}

extension Person {
    /// Whether they may still sign in.
    func isActive(in tenant: TenantID) -> SQL {
        switch kind {
        case .staff: "SELECT active FROM staff_member WHERE tenant_id = \(tenant) AND id = \(id)"
        case .patient: "SELECT active FROM patient WHERE tenant_id = \(tenant) AND id = \(id)"
        case .support: "SELECT false"
        }
    }
}
