public import Database
import Vocabulary

extension Receipt.State: SQLValue {}

extension Receipt {
    /// Says each thing once: no row comes back for what was said before.
    func keep(from gateway: String, at now: Instant, in tenant: TenantID) -> SQL {
        """
        INSERT INTO message_receipt (tenant_id, gateway, gateway_id, state, reason, received_at)
        VALUES (\(tenant), \(gateway), \(gatewayID), \(state), \(reason), \(now))
        ON CONFLICT (tenant_id, gateway, gateway_id, state) DO NOTHING RETURNING true
        """
    }

    /// Why, as the gateway said it; no row where it said nothing.
    static func reason(_ job: HeedReceipt, in tenant: TenantID) -> SQL {
        """
        SELECT reason FROM message_receipt WHERE tenant_id = \(tenant) AND gateway = \(job.gateway)
            AND gateway_id = \(job.gatewayID) AND state = \(job.state) AND reason IS NOT NULL
        """
    }

    /// Those of before that moment.
    static func forget(before moment: Instant, in tenant: TenantID) -> SQL {
        "DELETE FROM message_receipt WHERE tenant_id = \(tenant) AND received_at < \(moment)"
    }
}
