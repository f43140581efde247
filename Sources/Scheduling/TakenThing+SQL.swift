import Database
import Tenancy
import Vocabulary

/// A room or device that a visit could take, and what each of its places is taken for.
struct TakenThing {
    /// Which of the visit's needs it could meet, counted from 0.
    let need: Int
    /// What each place is taken for, in order.
    private(set) var places: [[Slot]]

    /// Reads the columns of `lateral`, which are the row's last: arrays with one element for each
    /// reservation, and one without times for a thing that is never taken.
    static func all(in row: inout Row) throws -> [TakenThing] {
        guard let numbers = try row.next([Int64]?.self) else { return [] }
        let needs = try row.next([Int64].self), capacities = try row.next([Int16].self)
        let units = try row.next([Int16?].self)
        let starts = try row.next([Instant?].self), ends = try row.next([Instant?].self)
        var things: [TakenThing] = []
        for index in numbers.indices {
            if index == 0 || numbers[index] != numbers[index - 1] {
                let places = [[Slot]](repeating: [], count: Int(capacities[index]))
                things.append(TakenThing(need: Int(needs[index]) - 1, places: places))
            }
            // A thing may have lost places since somebody took them.
            guard let unit = units[index], let start = starts[index], let end = ends[index],
                unit < capacities[index]
            else { continue }
            things[things.endIndex - 1].places[Int(unit)].append(Slot(from: start, to: end))
        }
        return things
    }

    /// What stands for the columns of a visit that takes no thing.
    static let noColumns: SQL = "NULL::bigint[]"

    /// The things at the location that could meet the needs, each read through one span of the key and in
    /// its order. A sorted lateral join can only be made thing by thing, so nothing is sorted again.
    static func lateral(
        _ needs: [NeededThing], at location: ID<Location>, during span: Slot, _ inForce: ReservationsInForce,
        in tenant: TenantID
    ) -> SQL {
        """
        CROSS JOIN LATERAL (
            SELECT array_agg(thing.number), array_agg(thing.need), array_agg(thing.capacity),
                array_agg(taken.unit), array_agg(taken.starts_at), array_agg(taken.ends_at)
            FROM (
                SELECT row_number() OVER () AS number, need.number AS need, resource.id, resource.capacity
                FROM unnest(\(needs.map(\.kind)), \(needs.map(\.tag))) WITH ORDINALITY AS need (kind, tag, number)
                JOIN resource ON resource.tenant_id = \(tenant) AND resource.location_id = \(location)
                    AND resource.kind = need.kind AND resource.tag = need.tag AND resource.active
            ) AS thing
            LEFT JOIN LATERAL (
                SELECT unit, starts_at, ends_at FROM reservation
                WHERE tenant_id = \(tenant) AND resource_id = thing.id
                  AND starts_at > \(span.start - Slot.reservationMax) AND starts_at < \(span.end)
                  AND ends_at > \(span.start) \(inForce.condition)
                ORDER BY starts_at) AS taken ON true
        ) AS things (numbers, needs, capacities, units, starts, ends)
        """
    }
}
