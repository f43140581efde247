import Database
import Tenancy
import Vocabulary

extension WhoAmI {
    static func read(_ request: CallerRequest) -> SQL {
        """
        SELECT id, name, email, phone FROM staff_member
        WHERE tenant_id = \(request.tenant.id) AND id = \(request.caller.id)
        """
    }
}
