import Database
import Records
import Tenancy
import Vocabulary

extension WantedHold {
    /// What holding asks of the database, as a booking does: it ends the transaction with an error unless
    /// everything could be taken, and the caller keeps no more than they may.
    func insert(in clinic: borrowing Transaction, clearing isClearing: Bool) {
        clinic.lock(lockKeys(in: clinic.tenant))
        if isClearing { clinic.queue(wanted.clearance(in: clinic.tenant)) }
        clinic.queue(insertion(in: clinic.tenant))
    }

    private func insertion(in tenant: TenantID) -> SQL {
        """
        WITH \(wanted.taking(in: tenant)), reserved AS (
            INSERT INTO reservation (tenant_id, resource_id, unit, starts_at, ends_at, hold_id, hold_until)
            SELECT \(tenant), resource_id, unit, starts_at, ends_at, \(hold.id), \(hold.until) FROM able, wanted
            WHERE (\(Hold.count(of: holder, at: hold.heldAt, in: tenant))) < \(Int64(most))
            RETURNING resource_id
        ), held AS (
            INSERT INTO hold (
                tenant_id, id, held_by, patient_id, practitioner_id, location_id, visit_type, starts_at, ends_at,
                zone, resource_ids, held_at, held_until)
            SELECT \(tenant), \(hold.id), \(holder), \(hold.patient), \(hold.practitioner), \(hold.location), \
        \(hold.visitType), \(hold.slot.start), \(hold.slot.end), \(hold.zone), array_agg(resource_id), \
        \(hold.heldAt), \(hold.until)
            FROM reserved HAVING count(*) = \(Int64(wanted.reservationCount))
            RETURNING 1
        )
        SELECT CASE WHEN NOT EXISTS (SELECT FROM held) THEN refuse_booking() END
        """
    }
}
