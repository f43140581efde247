import Database
import Records
import Tenancy
import Vocabulary

/// What the database knows about a practitioner's days: one row, read at once, so that hours and reservations
/// are of the same moment.
struct WorkingDays: FromRow {
    /// Whether the practitioner holds a role that may give the visit.
    let isFit: Bool
    let hours: [LocalHours]
    /// What the practitioner is taken for, in order.
    let taken: [Slot]
    /// Every thing that any of the needs could be met by.
    private let things: [TakenThing]

    init(_ row: inout Row) throws {
        isFit = try row.next()
        hours = try HoursColumns(&row).shifts
        taken = Slot.list(from: try row.next(), to: try row.next())
        things = try TakenThing.all(in: &row)
    }

    /// When a visit of this kind could begin at the location.
    func availability(of visit: BookableVisit, at place: Location) -> Availability {
        Availability(
            hours: hours.filter { $0.location == place.id }.map(\.hours), taken: taken,
            pools: pools(for: visit.things), zone: place.zone, rules: visit.rules)
    }

    /// What the things of the needs are taken for already.
    func pools(for needs: [NeededThing]) -> [ThingPool] {
        needs.indices.map { need in
            needs[need].pool(taken: things.filter { $0.need == need }.flatMap(\.places))
        }
    }

    /// The row about a practitioner who can be booked; none when there is no such practitioner in this
    /// clinic.
    static func of(
        _ practitioner: ID<Practitioner>, at location: ID<Location>, during span: Slot, visit: BookableVisit,
        _ inForce: ReservationsInForce, in tenant: TenantID
    ) -> SQL {
        let things = visit.things
        let (columns, source): (SQL, SQL) =
            things.isEmpty
            ? (TakenThing.noColumns, "")
            : (
                "things.*", TakenThing.lateral(things, at: location, during: span, inForce, in: tenant)
            )
        return """
            SELECT \(WantedAppointment.holds(visit.roles, at: location, tenant)), hours.*, busy.*, \(columns)
            FROM practitioner \(HoursColumns.lateral(in: tenant))
            CROSS JOIN LATERAL (
                SELECT array_agg(starts_at), array_agg(ends_at)
                FROM (
                    SELECT starts_at, ends_at FROM reservation
                    WHERE tenant_id = \(tenant) AND resource_id = practitioner.id
                      AND starts_at > \(span.start - Slot.reservationMax) AND starts_at < \(span.end)
                      AND ends_at > \(span.start) \(inForce.condition)
                    ORDER BY starts_at) AS taken
            ) AS busy (starts, ends)
            \(source)
            WHERE practitioner.tenant_id = \(tenant) AND practitioner.id = \(practitioner) AND practitioner.active
            """
    }
}

extension Slot {
    /// Slots from two columns.
    static func list(from starts: [Instant]?, to ends: [Instant]?) -> [Slot] {
        zip(starts ?? [], ends ?? []).map { Slot(from: $0, to: $1) }
    }
}
