import Database
import Identity
import Vocabulary

extension FoundPerson: FromRow {
    init(_ row: inout Row) throws {
        person = Person(try row.next(), try row.next())
        (name, language) = (try row.next(), try row.next(String?.self).flatMap { Language(tag: $0) })
    }

    /// Whoever has the identifier and may sign in: at most one of the staff, and the patients who share it.
    static func all(having identifier: Identifier, in tenant: TenantID) -> SQL {
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
            """
        }
    }
}
