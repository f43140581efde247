public import Database
public import Identity
public import Vocabulary

/// Everything that somebody of the staff proves who they are with, beside codes.
public enum StaffProofs {
    /// Takes all of it away: password, time codes, passkeys, and links that would make another password.
    public static func forgetAll(of person: ID<StaffMember>, in tenant: TenantID) -> [SQL] {
        [
            "DELETE FROM password WHERE tenant_id = \(tenant) AND staff_member_id = \(person)",
            "DELETE FROM time_code WHERE tenant_id = \(tenant) AND staff_member_id = \(person)",
            "DELETE FROM credential_link WHERE tenant_id = \(tenant) AND staff_member_id = \(person)",
            """
            DELETE FROM passkey
            WHERE tenant_id = \(tenant) AND person_kind = 'staff' AND person_id = \(person)
            """,
        ]
    }
}
