import Database
import Vocabulary

extension MessageGateways {
    /// A clinic's own gateway, sealed.
    struct OwnRow: FromRow {
        let channel: MessageChannel
        let box: [UInt8]

        init(_ row: inout Row) throws { (channel, box) = (try row.next(), try row.next()) }
    }

    static func ownRows(of tenant: TenantID) -> SQL {
        "SELECT channel, sealed_url FROM message_gateway WHERE tenant_id = \(tenant)"
    }

    static func keep(_ box: [UInt8], for channel: MessageChannel, of tenant: TenantID) -> SQL {
        """
        INSERT INTO message_gateway (tenant_id, channel, sealed_url) VALUES (\(tenant), \(channel), \(box))
        ON CONFLICT (tenant_id, channel) DO UPDATE SET sealed_url = excluded.sealed_url
        """
    }

    static func forget(_ channel: MessageChannel, of tenant: TenantID) -> SQL {
        "DELETE FROM message_gateway WHERE tenant_id = \(tenant) AND channel = \(channel)"
    }
}
