public import Database
import Tenancy
import Vocabulary

extension Practitioner: FromRow {
    /// Reads the columns that every statement here selects.
    public init(_ row: inout Row) throws {
        (id, name, specialty) = (try row.next(), try row.next(), try row.next())
        hours = try HoursColumns(&row).shifts
    }

    /// The practitioners who can be booked, after the last one seen, in the order in which they came.
    static func page(after last: ID<Practitioner>, limit: Int, in tenant: TenantID) -> SQL {
        """
        SELECT practitioner.id, staff_member.name, practitioner.specialty, hours.*
        FROM practitioner
        JOIN staff_member ON staff_member.tenant_id = \(tenant) AND staff_member.id = practitioner.staff_member_id
        \(HoursColumns.lateral(in: tenant))
        WHERE practitioner.tenant_id = \(tenant) AND practitioner.id > \(last)
          AND practitioner.active AND staff_member.active
        ORDER BY practitioner.id LIMIT \(limit)
        """
    }

    static func withID(_ id: ID<Practitioner>, in tenant: TenantID) -> SQL {
        """
        SELECT practitioner.id, staff_member.name, practitioner.specialty, hours.*
        FROM practitioner
        JOIN staff_member ON staff_member.tenant_id = \(tenant) AND staff_member.id = practitioner.staff_member_id
        \(HoursColumns.lateral(in: tenant))
        WHERE practitioner.tenant_id = \(tenant) AND practitioner.id = \(id) AND practitioner.active
        """
    }
}
