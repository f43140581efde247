import Database
import Identity
import Vocabulary

extension KeptTimeCode: FromRow {
    init(_ row: inout Row) throws {
        (sealedSecret, lastStep, isConfirmed) = (try row.next(), try row.next(), try row.next())
    }

    /// Held until the transaction ends: of two codes of one step, the second is judged after the first was
    /// used.
    static func holding(of person: ID<StaffMember>, in tenant: TenantID) -> SQL {
        """
        SELECT sealed_secret, last_step, confirmed_at IS NOT NULL FROM time_code
        WHERE tenant_id = \(tenant) AND staff_member_id = \(person) FOR UPDATE
        """
    }

    /// Begins anew, unless the person has an app that works. No row then.
    static func begin(_ box: [UInt8], of person: ID<StaffMember>, at now: Instant, in tenant: TenantID) -> SQL
    {
        """
        INSERT INTO time_code AS kept (tenant_id, staff_member_id, sealed_secret, made_at)
        VALUES (\(tenant), \(person), \(box), \(now))
        ON CONFLICT (tenant_id, staff_member_id) DO UPDATE SET sealed_secret = excluded.sealed_secret,
            made_at = excluded.made_at, last_step = NULL
        WHERE kept.confirmed_at IS NULL
        RETURNING true
        """
    }

    static func use(_ step: Int64, of person: ID<StaffMember>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE time_code SET last_step = \(step), confirmed_at = coalesce(confirmed_at, \(now))
        WHERE tenant_id = \(tenant) AND staff_member_id = \(person)
        """
    }

    /// A row where an app is set up that works.
    static func isConfirmed(of person: ID<StaffMember>, in tenant: TenantID) -> SQL {
        """
        SELECT true FROM time_code
        WHERE tenant_id = \(tenant) AND staff_member_id = \(person) AND confirmed_at IS NOT NULL
        """
    }

    /// The recovery codes go with it.
    static func remove(of person: ID<StaffMember>, in tenant: TenantID) -> SQL {
        "DELETE FROM time_code WHERE tenant_id = \(tenant) AND staff_member_id = \(person)"
    }
}

extension RecoveryCode {
    /// Replaces what is left of an earlier set.
    static func replace(
        with digests: [[UInt8]], of person: ID<StaffMember>, in clinic: borrowing Transaction
    ) {
        let tenant = clinic.tenant
        clinic.queue("DELETE FROM recovery_code WHERE tenant_id = \(tenant) AND staff_member_id = \(person)")
        for digest in digests {
            clinic.queue(
                """
                INSERT INTO recovery_code (tenant_id, staff_member_id, digest)
                VALUES (\(tenant), \(person), \(digest))
                """)
        }
    }

    /// Uses one up; no row is changed where there is none such.
    static func use(_ digest: [UInt8], of person: ID<StaffMember>, in tenant: TenantID) -> SQL {
        """
        DELETE FROM recovery_code
        WHERE tenant_id = \(tenant) AND staff_member_id = \(person) AND digest = \(digest)
        """
    }
}
