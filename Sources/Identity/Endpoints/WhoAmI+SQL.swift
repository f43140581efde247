import Database
import Tenancy
import Vocabulary

extension WhoAmI {
    static func read(_ request: CallerRequest) -> SQL {
        let (tenant, id) = (request.tenant.id, request.caller.id)
        return switch request.caller.kind {
        case .patient:
            "SELECT name, email, phone, NULL::uuid FROM patient WHERE tenant_id = \(tenant) AND id = \(id)"
        case .support:
            """
            SELECT a.name, a.email, NULL::text, a.id FROM support_grant g JOIN support_agent a ON a.id = g.agent_id
            WHERE g.tenant_id = \(tenant) AND g.id = \(id)
            """
        case .integration:
            """
            SELECT name, NULL::text, NULL::text, NULL::uuid FROM api_key
            WHERE tenant_id = \(tenant) AND id = \(id)
            """
        case .staff, .system:
            """
            SELECT name, email, phone, NULL::uuid FROM staff_member WHERE tenant_id = \(tenant) AND id = \(id)
            """
        }
    }
}
