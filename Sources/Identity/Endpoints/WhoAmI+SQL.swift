import Database
import Tenancy
import Vocabulary

extension WhoAmI {
    static func read(_ request: CallerRequest) -> SQL {
        let (tenant, id) = (request.tenant.id, request.caller.id)
        return switch request.caller.kind {
        case .patient: "SELECT name, email, phone FROM patient WHERE tenant_id = \(tenant) AND id = \(id)"
        case .integration:
            "SELECT name, NULL::text, NULL::text FROM api_key WHERE tenant_id = \(tenant) AND id = \(id)"
        case .staff, .system:
            "SELECT name, email, phone FROM staff_member WHERE tenant_id = \(tenant) AND id = \(id)"
        }
    }
}
