public import Database
import Tenancy
public import Vocabulary

/// A practitioner's weeks, as one row's columns: six arrays, one element of each for every shift.
public struct HoursColumns: Sendable {
    /// Every shift at every place, by weekday and minute.
    public let shifts: [LocalHours]

    /// Reads six columns.
    public init(_ row: inout Row) throws {
        let places = try row.next([ID<Location>]?.self) ?? []
        let weekdays = try row.next([Int16]?.self) ?? []
        let from = try row.next([Int16]?.self) ?? []
        let to = try row.next([Int16]?.self) ?? []
        let first = try row.next([Day]?.self) ?? []
        let until = try row.next([Day?]?.self) ?? []
        shifts = places.indices.compactMap { index in
            Weekday(rawValue: Int(weekdays[index])).map { weekday in
                LocalHours(
                    WeeklyHours(
                        weekday, from: Int(from[index]), to: Int(to[index]), firstDay: first[index],
                        untilDay: until[index]), at: places[index])
            }
        }
    }

    /// One row of the columns that `init` reads, about the practitioner whose id stands in `practitioner.id`.
    public static func lateral(in tenant: TenantID) -> SQL {
        """
        CROSS JOIN LATERAL (
            SELECT array_agg(location_id), array_agg(weekday), array_agg(from_minute), array_agg(to_minute),
                array_agg(effective_from), array_agg(effective_until)
            FROM (
                SELECT * FROM practitioner_hours
                WHERE tenant_id = \(tenant) AND practitioner_id = practitioner.id
                ORDER BY weekday, from_minute) AS shift
        ) AS hours (places, weekdays, from_minutes, to_minutes, first_days, until_days)
        """
    }
}
