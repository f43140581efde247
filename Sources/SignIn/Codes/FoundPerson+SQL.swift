import Database
import Identity
import Vocabulary

extension FoundPerson: FromRow {
    init(_ row: inout Row) throws {
        person = Person(try row.next(), try row.next())
        (name, language) = (try row.next(), try row.next(String?.self).flatMap { Language(tag: $0) })
    }

    /// Whoever has the identifier and may sign in: at most one of the staff, the patients who share it, and
    /// somebody of the platform for as long as the clinic lets them in.
    static func all(having identifier: Identifier, at now: Instant, in tenant: TenantID) -> SQL {
        switch identifier {
        case .phone(let phone):
            """
            SELECT 'staff', id, name, NULL::text FROM staff_member
            WHERE tenant_id = \(tenant) AND phone = \(phone) AND active
            UNION ALL (SELECT 'patient', id, name, language FROM patient
                WHERE tenant_id = \(tenant) AND phone = \(phone) AND active ORDER BY id LIMIT 20)
            """
        case .email(let email):
            """
            SELECT 'staff', id, name, NULL::text FROM staff_member
            WHERE tenant_id = \(tenant) AND email = \(email) AND active
            UNION ALL (SELECT 'patient', id, name, language FROM patient
                WHERE tenant_id = \(tenant) AND email = \(email) AND active ORDER BY id LIMIT 20)
            UNION ALL (SELECT 'support', g.id, a.name, NULL FROM support_agent a
                JOIN support_grant g ON g.tenant_id = \(tenant) AND g.agent_id = a.id
                    AND g.ended_at IS NULL AND g.ends_at > \(now)
                WHERE a.email = \(email) AND a.removed_at IS NULL)
            """
        }
    }
}
