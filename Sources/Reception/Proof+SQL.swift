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

    /// When two factors together last proved who it is: by a passkey, or with the code of an app that was set
    /// up before (whoever has one is asked for it at every proof). No row for whoever has neither.
    static func readWhole(of request: CallerRequest) -> SQL {
        """
        SELECT proof.at FROM sign_in i
        CROSS JOIN LATERAL (
            SELECT i.created_at AS at WHERE i.method = 'passkey'
            UNION ALL
            SELECT coalesce(i.proven_at, i.created_at) FROM time_code t
            WHERE t.tenant_id = \(request.tenant.id) AND t.staff_member_id = i.person_id
                AND t.confirmed_at < coalesce(i.proven_at, i.created_at)) AS proof
        WHERE i.tenant_id = \(request.tenant.id) AND i.id = \(request.caller.session) AND i.ended_at IS NULL
            AND i.person_kind = 'staff'
        ORDER BY proof.at DESC LIMIT 1
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
