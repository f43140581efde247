public import Database
public import Identity
import Tenancy
public import Vocabulary

extension Proof {
    static func read(of request: CallerRequest) -> SQL {
        """
        SELECT coalesce(proven_at, created_at) FROM sign_in
        WHERE tenant_id = \(request.tenant.id) AND id = \(request.caller.session) AND ended_at IS NULL
        """
    }

    /// The person has proven anew who they are.
    public static func renew(_ session: ID<Session>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE sign_in SET proven_at = \(now)
        WHERE tenant_id = \(tenant) AND id = \(session) AND ended_at IS NULL
        """
    }
}
