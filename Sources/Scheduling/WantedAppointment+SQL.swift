import Database
import Records
import Tenancy
import Vocabulary

extension WantedAppointment {
    /// What a booking asks of the database: all of it is known beforehand, and it ends the transaction with
    /// an error unless everything could be taken.
    ///
    /// The locks come first, because a statement sees only what was committed before it began: whoever had a
    /// lock has left what can be seen now. What the appointment's own hold takes is given back before; what
    /// ended holds take is only cleared away for whoever has been refused once already.
    func insert(in clinic: borrowing Transaction, clearing isClearing: Bool) {
        clinic.lock(lockKeys(in: clinic.tenant))
        if let hold = holdInForce { clinic.queue(hold.letGo(in: clinic.tenant)) }
        if isClearing { clinic.queue(clearance(in: clinic.tenant)) }
        clinic.queue(insertion(in: clinic.tenant))
    }

    /// Whether this is how the database says that not everything could be taken: something is reserved
    /// already, or is not there to be (`refuse_booking()`, no constraint of a table but named like one).
    static func isRefusal(_ error: DatabaseError) -> Bool {
        switch error.constraint {
        case "resource_is_free", "reservation_key", "booking_is_possible": true
        default: false
        }
    }

    /// Whatever is taken is met as the error of a constraint. ON CONFLICT would tell it without an error, and
    /// look for every reservation twice: measured, a ninth of what a booking costs the server. Plain
    /// insertions wait for each other, even in a ring, but not those of holders of the same lock.
    ///
    /// PostgreSQL carries out last what nobody reads from: what is refused is refused before the appointment
    /// is written.
    func insertion(in tenant: TenantID) -> SQL {
        """
        WITH \(taking(in: tenant)), reserved AS (
            INSERT INTO reservation (tenant_id, resource_id, unit, starts_at, ends_at, appointment_id)
            SELECT \(tenant), resource_id, unit, starts_at, ends_at, \(id) FROM able, wanted
            RETURNING 1
        ), booked AS (
            INSERT INTO appointment (
                tenant_id, id, patient_id, practitioner_id, location_id, plugin, plugin_version, visit_type,
                starts_at, ends_at, local_start, zone, reason, rescheduled_from, created_at, created_by)
            SELECT \(tenant), \(id), \(patient), \(practitioner), \(location), \(visit.plugin), \
        \(visit.pluginVersion), \(visit.name), \(slot.start), \(slot.end), \(localStart), \
        \(zone.identifier), \(reason), \(rescheduledFrom), \(createdAt), \(createdBy)
        )
        SELECT CASE WHEN (SELECT count(*) FROM reserved) <> \(reservationCount) THEN refuse_booking() END
        """
    }

    /// Two tables for a statement that takes what the visit needs: `able` has a row if there is such a visit,
    /// `wanted` one for each resource.
    func taking(in tenant: TenantID) -> SQL {
        """
        able AS (
            SELECT
            FROM practitioner, patient
            WHERE practitioner.tenant_id = \(tenant) AND practitioner.id = \(practitioner) AND practitioner.active
              AND patient.tenant_id = \(tenant) AND patient.id = \(patient) AND patient.active
              AND \(Self.holds(visit.roles, at: location, tenant))
              AND \(isWorked(tenant))
        ), wanted (resource_id, unit, starts_at, ends_at) AS (
            VALUES (\(practitioner), 0, \(practitionersTime.start), \(practitionersTime.end)),
                   (\(patient), 0, \(slot.start), \(slot.end))
                   \(freeThings(tenant))
        )
        """
    }

    /// The wall clock's reading on which people agreed. PostgreSQL is told, not asked: its zone files may be
    /// older.
    private var localStart: SQL {
        let agreed = zone.clinicTime(at: slot.start)
        return "\(agreed.day) + make_interval(mins => \(Int32(agreed.minute)))"
    }

    /// The staff member behind `practitioner` has one of the roles there. OFFSET keeps it a question about
    /// this one: as a join it would be asked about everybody who works at the clinic.
    static func holds(_ roles: [String], at location: ID<Location>, _ tenant: TenantID) -> SQL {
        """
        EXISTS (
            SELECT FROM staff_role
            WHERE staff_role.tenant_id = \(tenant) AND staff_role.staff_member_id = practitioner.staff_member_id
              AND staff_role.role = ANY (\(roles))
              AND (staff_role.location_id IS NULL OR staff_role.location_id = \(location))
            OFFSET 0)
        """
    }

    /// `Availability.flaws` in SQL: every piece of the wall clock within one shift, the first on its step. A
    /// piece is a condition of its own, since nearly every visit is one piece.
    private func isWorked(_ tenant: TenantID) -> SQL {
        let pieces = pieces
        guard let first = pieces.first else { return "false" }
        let onStep: SQL =
            "AND (\(Int16(first.from)) - shift.from_minute) % \(Int32(visit.rules.stepMinutes)) = 0"
        return pieces.dropFirst().reduce(isWorked(first, onStep, tenant)) { conditions, piece in
            "\(conditions) AND \(isWorked(piece, "", tenant))"
        }
    }

    private func isWorked(_ piece: WallPiece, _ begins: SQL, _ tenant: TenantID) -> SQL {
        """
        EXISTS (
            SELECT FROM practitioner_hours AS shift
            WHERE shift.tenant_id = \(tenant) AND shift.practitioner_id = \(practitioner)
              AND shift.location_id = \(location) AND shift.weekday = \(Int16(piece.day.weekday.rawValue))
              AND shift.from_minute <= \(Int16(piece.from)) AND shift.to_minute >= \(Int16(piece.to))
              AND shift.effective_from <= \(piece.day)
              AND (shift.effective_until IS NULL OR shift.effective_until > \(piece.day)) \(begins)
            OFFSET 0)
        """
    }

    /// The first free things of each wanted tag; nothing at all for a visit that takes none. What is taken is
    /// counted rather than anti-joined, so that each thing is looked up by key instead of the clinic's
    /// reservations being read whole.
    private func freeThings(_ tenant: TenantID) -> SQL {
        visit.things.reduce("") { "\($0) UNION ALL \(free($1, $1.reserved(for: slot), tenant))" }
    }

    private func free(_ need: NeededThing, _ span: Slot, _ tenant: TenantID) -> SQL {
        """
        (SELECT thing.id, place.unit, \(span.start), \(span.end)
            FROM resource AS thing, generate_series(0, thing.capacity - 1) AS place (unit)
            WHERE thing.tenant_id = \(tenant) AND thing.location_id = \(location) AND thing.kind = \(need.kind)
              AND thing.tag = \(need.tag) AND thing.active
              AND (SELECT count(*) FROM reservation AS taken
                   WHERE taken.tenant_id = \(tenant) AND taken.resource_id = thing.id
                     AND taken.unit = place.unit AND taken.starts_at < \(span.end)
                     AND taken.starts_at > \(span.start - Slot.reservationMax)
                     AND taken.ends_at > \(span.start)) = 0
            ORDER BY thing.id, place.unit LIMIT \(Int64(need.count)))
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
    static func of(
        _ patient: ID<Patient>, during span: Slot, _ inForce: ReservationsInForce, in tenant: TenantID
    ) -> SQL {
        """
        SELECT array_agg(reservation.starts_at) FILTER (WHERE reservation.starts_at IS NOT NULL),
            array_agg(reservation.ends_at) FILTER (WHERE reservation.ends_at IS NOT NULL)
        FROM patient
        LEFT JOIN reservation
            ON reservation.tenant_id = \(tenant) AND reservation.resource_id = patient.id
            AND reservation.starts_at > \(span.start - Slot.reservationMax) AND reservation.starts_at < \(span.end)
            \(inForce.condition)
        WHERE patient.tenant_id = \(tenant) AND patient.id = \(patient) AND patient.active
        GROUP BY patient.id
        """
    }
}
