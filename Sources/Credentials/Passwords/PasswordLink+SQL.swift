import Database
import Identity
import Vocabulary

extension PasswordLink {
    /// One more link. Nobody in particular gets one, too: the work is the same whoever asks.
    static func insert(
        _ id: UniqueID, of person: ID<StaffMember>?, in languages: [String], at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO credential_link (tenant_id, id, purpose, staff_member_id, languages, made_at,
            expires_at)
        VALUES (\(tenant), \(id), 'password-reset', \(person), \(languages), \(now), \(now + lifetime))
        """
    }

    /// Whose link it is, while it is good.
    static func owner(of id: UniqueID, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT staff_member_id FROM credential_link
        WHERE tenant_id = \(tenant) AND id = \(id) AND used_at IS NULL AND expires_at > \(now)
            AND staff_member_id IS NOT NULL
        """
    }

    /// Uses every link of the person's up. No row is changed where another was faster.
    static func use(_ id: UniqueID, of person: ID<StaffMember>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE credential_link SET used_at = \(now)
        WHERE tenant_id = \(tenant) AND staff_member_id = \(person) AND used_at IS NULL
            AND EXISTS (SELECT FROM credential_link WHERE tenant_id = \(tenant) AND id = \(id) AND used_at IS NULL)
        """
    }

    /// What a message about a link says: who gets it, and the clinic's name.
    static func letter(_ id: UniqueID, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT s.email, s.phone, t.name, l.languages FROM credential_link l
        JOIN staff_member s ON s.tenant_id = l.tenant_id AND s.id = l.staff_member_id AND s.active
        JOIN tenant t ON t.id = l.tenant_id
        WHERE l.tenant_id = \(tenant) AND l.id = \(id) AND l.used_at IS NULL AND l.expires_at > \(now)
        """
    }
}
