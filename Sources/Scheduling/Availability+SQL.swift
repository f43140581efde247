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
    /// What the things of each need are taken for: one list for each place in each thing.
    let things: [Int: [[Slot]]]

    init(_ row: inout Row) throws {
        isFit = try row.next()
        hours = try HoursColumns(&row).shifts
        taken = Slot.list(from: try row.next(), to: try row.next())
        let needs = try row.next([Int32]?.self) ?? [], places = try row.next([Int64]?.self) ?? []
        let starts = try row.next([Instant?]?.self) ?? [], ends = try row.next([Instant?]?.self) ?? []
        var things: [Int: [[Slot]]] = [:], last: Int64 = 0
        for index in needs.indices {
            let need = Int(needs[index]) - 1
            if places[index] != last { things[need, default: []].append([]) }
            last = places[index]
            guard let start = starts[index], let end = ends[index] else { continue }
            let place = things[need, default: [[]]].endIndex - 1
            things[need]?[place].append(Slot(from: start, to: end))
        }
        self.things = things
    }

    /// When a visit of this kind could begin at the location.
    func availability(of visit: BookableVisit, at place: Location) -> Availability {
        Availability(
            hours: hours.filter { $0.location == place.id }.map(\.hours), taken: taken,
            pools: pools(for: visit.things), zone: place.zone, rules: visit.rules)
    }

    /// What the things of the needs are taken for already.
    func pools(for needs: [NeededThing]) -> [ThingPool] {
        needs.indices.map { needs[$0].pool(taken: things[$0] ?? []) }
    }

    /// The row about a practitioner who can be booked; none when there is no such practitioner in this
    /// clinic.
    static func of(
        _ practitioner: ID<Practitioner>, at location: ID<Location>, during span: Slot, visit: BookableVisit,
        in tenant: TenantID
    ) -> SQL {
        let things = visit.things
        let (columns, source): (SQL, SQL) =
            things.isEmpty
            ? ("NULL::int[], NULL::bigint[], NULL::timestamptz[], NULL::timestamptz[]", "")
            : ("things.*", thingsTaken(things, at: location, during: span, in: tenant))
        return """
            SELECT \(WantedAppointment.holds(visit.roles, at: location, tenant)), hours.*, busy.*, \(columns)
            FROM practitioner \(HoursColumns.lateral(in: tenant))
            CROSS JOIN LATERAL (
                SELECT array_agg(starts_at), array_agg(ends_at)
                FROM (
                    SELECT starts_at, ends_at FROM reservation
                    WHERE tenant_id = \(tenant) AND resource_id = practitioner.id
                      AND starts_at > \(span.start - Slot.reservationMax) AND starts_at < \(span.end)
                    ORDER BY starts_at) AS taken
            ) AS busy (starts, ends)
            \(source)
            WHERE practitioner.tenant_id = \(tenant) AND practitioner.id = \(practitioner) AND practitioner.active
            """
    }

    /// One element for each reservation of each place in each thing of each need; a thing that is never taken
    /// has one without times.
    private static func thingsTaken(
        _ things: [NeededThing], at location: ID<Location>, during span: Slot, in tenant: TenantID
    ) -> SQL {
        """
        CROSS JOIN LATERAL (
            SELECT array_agg(need), array_agg(place), array_agg(starts_at), array_agg(ends_at)
            FROM (
                SELECT need.number::int AS need, taken.starts_at, taken.ends_at,
                    dense_rank() OVER (ORDER BY need.number, thing.id, place.unit) AS place
                FROM unnest(\(things.map(\.kind)), \(things.map(\.tag))) WITH ORDINALITY AS need (kind, tag, number)
                JOIN resource AS thing ON thing.tenant_id = \(tenant) AND thing.location_id = \(location)
                    AND thing.kind = need.kind AND thing.tag = need.tag AND thing.active
                CROSS JOIN generate_series(0, thing.capacity - 1) AS place (unit)
                LEFT JOIN reservation AS taken
                    ON taken.tenant_id = \(tenant) AND taken.resource_id = thing.id AND taken.unit = place.unit
                    AND taken.starts_at > \(span.start - Slot.reservationMax) AND taken.starts_at < \(span.end)
                ORDER BY need.number, thing.id, place.unit, taken.starts_at) AS thing
        ) AS things (needs, places, starts, ends)
        """
    }
}

extension Slot {
    /// Slots from two columns.
    static func list(from starts: [Instant]?, to ends: [Instant]?) -> [Slot] {
        zip(starts ?? [], ends ?? []).map { Slot(from: $0, to: $1) }
    }
}
