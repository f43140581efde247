/// A moment, in microseconds since 1970-01-01T00:00:00Z: what PostgreSQL's `timestamptz` holds, without its
/// epoch.
public struct Instant: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let microseconds: Int64

    /// A moment so many microseconds after 1970.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// A moment so many whole seconds after 1970.
    public init(seconds: Int64) { self.init(microseconds: seconds * 1_000_000) }

    /// Whole seconds since 1970, rounded towards the past.
    public var seconds: Int64 { floorDivide(microseconds, 1_000_000) }

    /// Whole milliseconds since 1970, rounded towards the past.
    public var milliseconds: Int64 { floorDivide(microseconds, 1000) }

    /// Earlier is less.
    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// The moment that much later; precision below a microsecond is dropped.
    public static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(microseconds: instant.microseconds + duration.wholeMicroseconds)
    }

    /// The moment that much earlier.
    public static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(microseconds: instant.microseconds - duration.wholeMicroseconds)
    }

    /// How long after `earlier` this is; negative when it is before.
    public static func - (later: Instant, earlier: Instant) -> Duration {
        .microseconds(later.microseconds - earlier.microseconds)
    }

    /// The span in which the wire, the database and the zone files agree: years 1 to 9999.
    public static let range =
        Instant(seconds: -62_135_596_800)...Instant(microseconds: 253_402_300_799_999_999)
}

extension Duration {
    /// The duration in microseconds, the finest grain an `Instant` has.
    public var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}

/// Division that rounds towards minus infinity, so that moments before 1970 fall into the right second and
/// day.
@inlinable
func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: by)
    return remainder < 0 ? quotient - 1 : quotient
}
