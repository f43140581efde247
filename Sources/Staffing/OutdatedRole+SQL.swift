import Database
import Roles
import Vocabulary

extension OutdatedRole: FromRow {
    init(_ row: inout Row) throws { (id, liveVersion) = (try row.next(), try row.next()) }

    /// Writes down that the clinic is told of each; the rows are those of which it was not told before.
    static func tell(in tenant: TenantID) -> SQL {
        """
        INSERT INTO role_template_notice (tenant_id, own_role_id, template_version, told_at)
        SELECT o.tenant_id, o.id, l.version, now() FROM own_role o
        \(AdoptedTemplate.live)
        WHERE o.tenant_id = \(tenant) AND o.retired_at IS NULL AND l.version > o.template_version
        ON CONFLICT DO NOTHING RETURNING own_role_id, template_version
        """
    }
}
