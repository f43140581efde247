import Database
import Vocabulary

/// Which reservations keep others out: appointments', and those of holds that have not ended. Rows of ended
/// holds stay until somebody wants what they took.
struct ReservationsInForce {
    /// The moment that is asked about.
    let now: Instant
    /// A hold that keeps nobody out, for whoever asks is the one it is kept for.
    var beside: Hold?

    /// The condition, behind an `AND`.
    var condition: SQL {
        guard let beside else { return "AND (hold_until IS NULL OR hold_until > \(now))" }
        return "AND (hold_until IS NULL OR hold_until > \(now) AND hold_id <> \(beside.id))"
    }
}

extension WantedAppointment {
    /// Takes away what ended holds still take of what is wanted. It is only asked for after a refusal that
    /// nothing in force explains, so a booking that no ended hold is in the way of pays nothing for holds.
    func clearance(in tenant: TenantID) -> SQL {
        let span = Slot(from: slot.start - Slot.bufferMax, to: slot.end + Slot.bufferMax)
        return """
            DELETE FROM reservation
            WHERE tenant_id = \(tenant) AND hold_until <= \(createdAt)
              AND starts_at > \(span.start - Slot.reservationMax) AND starts_at < \(span.end) AND ends_at > \(span.start)
              AND resource_id IN (
                SELECT unnest(\([practitioner.unique, patient.unique]))
                UNION ALL
                SELECT thing.id FROM unnest(\(visit.things.map(\.kind)), \(visit.things.map(\.tag))) AS need (kind, tag)
                JOIN resource AS thing ON thing.tenant_id = \(tenant) AND thing.location_id = \(location)
                    AND thing.kind = need.kind AND thing.tag = need.tag)
            """
    }
}
