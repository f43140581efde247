public import Database
public import Vocabulary

extension AnswerWindow {
    /// Somebody at `address` (E.164) wrote to the clinic by WhatsApp at that moment. Told twice or out of
    /// order, the latest moment stays.
    public func record(
        inboundFrom address: String, at moment: Instant, in transaction: borrowing Transaction
    ) {
        let tenant = transaction.tenant
        transaction.queue(
            """
            INSERT INTO whatsapp_contact AS known (tenant_id, address_digest, last_inbound_at)
            VALUES (\(tenant), \(digest(of: address, in: tenant)), \(moment))
            ON CONFLICT (tenant_id, address_digest) DO UPDATE SET last_inbound_at = excluded.last_inbound_at
            WHERE known.last_inbound_at < excluded.last_inbound_at
            """)
    }

    func lastInbound(from address: String, in tenant: TenantID) -> SQL {
        """
        SELECT last_inbound_at FROM whatsapp_contact
        WHERE tenant_id = \(tenant) AND address_digest = \(digest(of: address, in: tenant))
        """
    }
}
