import Database
import Records
import Tenancy
import Vocabulary

extension WantedAppointment {
    /// The statements of a booking: all of them can leave in one network write, since the last one ends the
    /// transaction with an error unless everything could be taken.
    ///
    /// The locks are a statement of their own, because a statement sees only what was committed before it
    /// began: the second one looks again at what the lock's last holder has left.
    func insert(in clinic: borrowing Transaction) {
        clinic.queue(
            "SELECT pg_advisory_xact_lock(key) FROM unnest(\(lockKeys(in: clinic.tenant))) AS key")
        clinic.queue(insertion(in: clinic.tenant))
    }

    /// By what name the database refuses: not a constraint of a table, but named like one
    /// (`refuse_booking()`).
    static let refusal = "booking_is_possible"

    func insertion(in tenant: TenantID) -> SQL {
        """
        WITH booked AS (
            INSERT INTO appointment (
                tenant_id, id, patient_id, practitioner_id, location_id, plugin, plugin_version, visit_type,
                starts_at, ends_at, local_start, zone, reason, created_at, created_by)
            SELECT \(tenant), \(id), patient.id, practitioner.id, \(location), \(visit.plugin), \
        \(visit.pluginVersion), \(visit.name), \(slot.start), \(slot.end), \(localStart), \
        \(zone.identifier), \(reason), \(createdAt), \(createdBy)
            FROM practitioner, patient
            WHERE practitioner.tenant_id = \(tenant) AND practitioner.id = \(practitioner) AND practitioner.active
              AND patient.tenant_id = \(tenant) AND patient.id = \(patient) AND patient.active
              AND \(Self.holds(visit.roles, at: location, tenant))
              AND \(isWorked(tenant))
              AND \(isFree(practitioner.unique, practitionersTime, tenant))
              AND \(isFree(patient.unique, slot, tenant))
            RETURNING id
        ), wanted (resource_id, unit, starts_at, ends_at) AS (
            VALUES (\(practitioner), 0, \(practitionersTime.start), \(practitionersTime.end)),
                   (\(patient), 0, \(slot.start), \(slot.end))
            UNION ALL \(freeThings(tenant))
        ), reserved AS (
            INSERT INTO reservation (tenant_id, resource_id, unit, starts_at, ends_at, appointment_id)
            SELECT \(tenant), resource_id, unit, starts_at, ends_at, booked.id FROM booked, wanted
            ORDER BY resource_id, unit
            ON CONFLICT DO NOTHING
            RETURNING 1
        )
        SELECT CASE WHEN (SELECT count(*) FROM reserved) <> \(reservationCount) THEN refuse_booking() END
        """
    }

    /// The wall clock's reading on which people agreed. PostgreSQL is told, not asked: its zone files may be
    /// older.
    private var localStart: SQL {
        let agreed = zone.clinicTime(at: slot.start)
        return "\(agreed.day) + make_interval(mins => \(Int32(agreed.minute)))"
    }

    /// The staff member behind `practitioner` has one of the roles there.
    static func holds(_ roles: [String], at location: ID<Location>, _ tenant: TenantID) -> SQL {
        """
        EXISTS (
            SELECT FROM staff_role
            WHERE staff_role.tenant_id = \(tenant) AND staff_role.staff_member_id = practitioner.staff_member_id
              AND staff_role.role = ANY (\(roles))
              AND (staff_role.location_id IS NULL OR staff_role.location_id = \(location)))
        """
    }

    /// `Availability.flaws` in SQL: every piece of the wall clock within one shift, the first on its step.
    private func isWorked(_ tenant: TenantID) -> SQL {
        let pieces = pieces
        return """
            NOT EXISTS (
                SELECT FROM unnest(\(pieces.map(\.day)), \(pieces.map { Int16($0.day.weekday.rawValue) }), \
            \(pieces.map { Int16($0.from) }), \(pieces.map { Int16($0.to) }))
                    WITH ORDINALITY AS piece (day, weekday, from_minute, to_minute, place)
                WHERE NOT EXISTS (
                    SELECT FROM practitioner_hours AS shift
                    WHERE shift.tenant_id = \(tenant) AND shift.practitioner_id = \(practitioner)
                      AND shift.location_id = \(location) AND shift.weekday = piece.weekday
                      AND shift.from_minute <= piece.from_minute AND piece.to_minute <= shift.to_minute
                      AND shift.effective_from <= piece.day
                      AND (shift.effective_until IS NULL OR piece.day < shift.effective_until)
                      AND (piece.place > 1
                           OR (piece.from_minute - shift.from_minute) % \(Int32(visit.rules.stepMinutes)) = 0)))
            """
    }

    /// No reservation of the resource meets the span. The lower bound, a reservation's greatest length, makes
    /// it a span of the primary key.
    private func isFree(_ resource: UniqueID, _ span: Slot, _ tenant: TenantID) -> SQL {
        """
        NOT EXISTS (
            SELECT FROM reservation
            WHERE tenant_id = \(tenant) AND resource_id = \(resource)
              AND starts_at < \(span.end) AND starts_at > \(span.start - Slot.reservationMax) AND ends_at > \(span.start))
        """
    }

    /// The first free things of each wanted tag. What is taken is counted rather than anti-joined, so that
    /// each thing is looked up by key instead of the clinic's reservations being read whole.
    private func freeThings(_ tenant: TenantID) -> SQL {
        let things = visit.things, spans = things.map { $0.reserved(for: slot) }
        return """
            SELECT free.id, free.unit, need.starts_at, need.ends_at
            FROM unnest(\(things.map(\.kind)), \(things.map(\.tag)), \(things.map { Int32($0.count) }), \
            \(spans.map(\.start)), \(spans.map(\.end))) AS need (kind, tag, count, starts_at, ends_at)
            CROSS JOIN LATERAL (
                SELECT thing.id, place.unit
                FROM resource AS thing, generate_series(0, thing.capacity - 1) AS place (unit)
                WHERE thing.tenant_id = \(tenant) AND thing.location_id = \(location) AND thing.kind = need.kind
                  AND thing.tag = need.tag AND thing.active
                  AND (SELECT count(*) FROM reservation AS taken
                       WHERE taken.tenant_id = \(tenant) AND taken.resource_id = thing.id AND taken.unit = place.unit
                         AND taken.starts_at < need.ends_at AND taken.starts_at > need.starts_at - interval '24 hours'
                         AND taken.ends_at > need.starts_at) = 0
                ORDER BY thing.id, place.unit LIMIT need.count) AS free
            """
    }
}

extension Slot {
    /// The longest that a resource can be taken for: a constraint of the table, on which reads rely.
    static let reservationMax = Duration.seconds(86_400)
}

/// What a patient is at already, as one row.
struct PatientsTime: FromRow {
    let taken: [Slot]

    init(_ row: inout Row) throws { taken = Slot.list(from: try row.next(), to: try row.next()) }

    /// No row when the clinic has no such patient.
    static func of(_ patient: ID<Patient>, during span: Slot, in tenant: TenantID) -> SQL {
        """
        SELECT array_agg(reservation.starts_at) FILTER (WHERE reservation.starts_at IS NOT NULL),
            array_agg(reservation.ends_at) FILTER (WHERE reservation.ends_at IS NOT NULL)
        FROM patient
        LEFT JOIN reservation
            ON reservation.tenant_id = \(tenant) AND reservation.resource_id = patient.id
            AND reservation.starts_at > \(span.start - Slot.reservationMax) AND reservation.starts_at < \(span.end)
        WHERE patient.tenant_id = \(tenant) AND patient.id = \(patient) AND patient.active
        GROUP BY patient.id
        """
    }
}
