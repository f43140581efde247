public import Database
import Tenancy
import Vocabulary

extension Hold: FromRow {
    private static let columns: SQL = """
        id, patient_id, practitioner_id, location_id, visit_type, starts_at, ends_at, zone, held_at, held_until
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, patient, practitioner) = (try row.next(), try row.next(), try row.next())
        (location, visitType) = (try row.next(), try row.next())
        slot = Slot(from: try row.next(), to: try row.next())
        (zone, heldAt, until) = (try row.next(), try row.next(), try row.next())
    }

    /// A hold of this caller's; anybody else's is not there.
    static func withID(_ id: ID<Hold>, of holder: UniqueID, in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM hold WHERE tenant_id = \(tenant) AND id = \(id) AND held_by = \(holder)"
    }

    /// The same while it is in force.
    static func inForce(_ id: ID<Hold>, of holder: UniqueID, at now: Instant, in tenant: TenantID) -> SQL {
        "\(withID(id, of: holder, in: tenant)) AND held_until > \(now)"
    }

    /// How many slots the caller keeps.
    static func count(of holder: UniqueID, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT count(*) FROM hold
        WHERE tenant_id = \(tenant) AND held_by = \(holder) AND held_until > \(now)
        """
    }

    /// Takes the hold away and gives back what it took, found by the reservations' own key; no row is touched
    /// when it is not there any more. Whoever has its row first goes first with all of it.
    func letGo(in tenant: TenantID) -> SQL {
        """
        WITH gone AS (
            DELETE FROM hold WHERE tenant_id = \(tenant) AND id = \(id) RETURNING resource_ids
        )
        DELETE FROM reservation USING gone
        WHERE reservation.tenant_id = \(tenant) AND reservation.resource_id = ANY (gone.resource_ids)
          AND reservation.hold_id = \(id) AND reservation.starts_at >= \(slot.start - Slot.bufferMax)
          AND reservation.starts_at < \(slot.end)
        """
    }

    /// Takes away some of those that ended before that moment, with what is still reserved for them.
    static func forgetSome(endedBefore moment: Instant, in tenant: TenantID) -> SQL {
        """
        WITH old AS (
            SELECT id, resource_ids, starts_at, ends_at FROM hold
            WHERE tenant_id = \(tenant) AND held_until < \(moment) ORDER BY held_until LIMIT \(Int64(batch))
        ), released AS (
            DELETE FROM reservation USING old
            WHERE reservation.tenant_id = \(tenant) AND reservation.resource_id = ANY (old.resource_ids)
              AND reservation.hold_id = old.id AND reservation.starts_at >= old.starts_at - interval '4 hours'
              AND reservation.starts_at < old.ends_at
        )
        DELETE FROM hold USING old WHERE hold.tenant_id = \(tenant) AND hold.id = old.id
        """
    }

    /// How many are forgotten in one transaction.
    static let batch = 500
}
