import Database
import Identity
import Vocabulary

extension Person {
    /// A row comes back where the clinic has them, active or not.
    func exists(in tenant: TenantID) -> SQL {
        switch kind {
        case .staff: "SELECT true FROM staff_member WHERE tenant_id = \(tenant) AND id = \(id)"
        case .patient: "SELECT true FROM patient WHERE tenant_id = \(tenant) AND id = \(id)"
        case .support: "SELECT true FROM support_grant WHERE tenant_id = \(tenant) AND id = \(id)"
        }
    }
}
