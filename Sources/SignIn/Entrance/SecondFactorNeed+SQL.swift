public import Database
import Identity
import Vocabulary

extension SecondFactorNeed: FromRow {
    /// Whether an app is set up, and whether a role of theirs owes one.
    public init(_ row: inout Row) throws { (hasTimeCodes, isOwed) = (try row.next(), try row.next()) }

    /// A role of the clinic's own owes what the built-in ones owe that it is made of.
    static func read(of person: Person, owedBy roles: [String], in tenant: TenantID) -> SQL {
        """
        SELECT EXISTS (SELECT FROM time_code WHERE tenant_id = \(tenant) AND staff_member_id = \(person.id)
                AND confirmed_at IS NOT NULL),
            EXISTS (SELECT FROM staff_role r
                LEFT JOIN own_role o ON o.tenant_id = r.tenant_id AND o.id = r.own_role_id
                LEFT JOIN own_role_version v ON v.tenant_id = o.tenant_id AND v.own_role_id = o.id
                    AND v.version = o.live_version
                WHERE r.tenant_id = \(tenant) AND r.staff_member_id = \(person.id)
                    AND (r.role = ANY(\(roles)) OR v.body -> 'bases' ?| \(roles)))
        """
    }
}
