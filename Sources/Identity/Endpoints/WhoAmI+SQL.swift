import Database
import Tenancy
import Vocabulary

extension Me {
    static func read(_ request: CallerRequest) -> SQL {
        """
        SELECT id, name, email, phone FROM staff_member
        WHERE tenant_id = \(request.tenant.id) AND id = \(request.caller.id)
        """
    }

    struct Found: FromRow {
        let id: ID<StaffMember>
        let name: String
        let email: String?
        let phone: String?

        init(_ row: inout Row) throws {
            (id, name, email, phone) = (try row.next(), try row.next(), try row.next(), try row.next())
        }
    }
}
