public import Database
public import Outbox
import Vocabulary

extension EventRelay {
    /// Up to where a clinic's events have been made into messages and deliveries.
    public static func place(in clinic: borrowing Transaction) async throws -> OutboxPosition {
        let found: RelayPlace? = try await clinic.row(RelayPlace.of(clinic.tenant))
        return found?.position ?? .beginning
    }
}

/// Up to where a clinic's events have been made into messages.
struct RelayPlace: FromRow {
    let position: OutboxPosition

    init(_ row: inout Row) throws {
        let text: String = try row.next()
        position = OutboxPosition(text: text) ?? .beginning
    }

    static func of(_ tenant: TenantID) -> SQL {
        "SELECT place FROM message_relay WHERE tenant_id = \(tenant)"
    }

    /// Touches no row when the place is another by now.
    static func move(from place: OutboxPosition, to next: OutboxPosition, in tenant: TenantID) -> SQL {
        """
        INSERT INTO message_relay AS relay (tenant_id, place) VALUES (\(tenant), \(next.text))
        ON CONFLICT (tenant_id) DO UPDATE SET place = excluded.place WHERE relay.place = \(place.text)
        """
    }

    /// The clinics that have events beyond their place: one look each into its own span of the index.
    static let behind: SQL = """
        SELECT tenant.id FROM tenant LEFT JOIN message_relay relay ON relay.tenant_id = tenant.id
        WHERE tenant.suspended_at IS NULL AND EXISTS (
            SELECT FROM outbox WHERE outbox.tenant_id = tenant.id AND (transaction_id, sequence) > (
                coalesce(split_part(relay.place, '-', 1), '0')::xid8,
                coalesce(split_part(relay.place, '-', 2), '0')::bigint))
        ORDER BY tenant.id
        """

    /// Whether events are committed that cannot be read in order yet.
    static func waiting(after place: OutboxPosition, in tenant: TenantID) -> SQL {
        """
        SELECT EXISTS (SELECT FROM outbox WHERE tenant_id = \(tenant)
            AND (transaction_id, sequence) > (\(String(place.transaction))::xid8, \(place.sequence)))
        """
    }
}
