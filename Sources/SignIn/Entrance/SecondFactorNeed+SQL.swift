public import Database
import Identity
import Vocabulary

extension SecondFactorNeed: FromRow {
    /// Whether an app is set up, and whether a role of theirs owes one.
    public init(_ row: inout Row) throws { (hasTimeCodes, isOwed) = (try row.next(), try row.next()) }

    static func read(of person: Person, owedBy roles: [String], in tenant: TenantID) -> SQL {
        """
        SELECT EXISTS (SELECT FROM time_code WHERE tenant_id = \(tenant) AND staff_member_id = \(person.id)
                AND confirmed_at IS NOT NULL),
            EXISTS (SELECT FROM staff_role WHERE tenant_id = \(tenant) AND staff_member_id = \(person.id)
                AND role = ANY(\(roles)))
        """
    }
}
