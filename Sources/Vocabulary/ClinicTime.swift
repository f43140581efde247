/// A wall clock in a location's zone: what two people agreed on when they said "Monday at nine".
public struct ClinicTime: Hashable, Comparable, Sendable {
    /// The calendar day on the wall.
    public let day: Day
    /// Minutes since that day's midnight on the wall, 0 to 1440: 1440 is the midnight that ends the day.
    public let minute: Int

    /// Nine o'clock is minute 540.
    public init(_ day: Day, minute: Int) { (self.day, self.minute) = (day, minute) }

    /// Earlier on the wall is less; on a day when the clock is put back that is not always earlier in time.
    public static func < (left: ClinicTime, right: ClinicTime) -> Bool {
        (left.day, left.minute) < (right.day, right.minute)
    }

    /// Seconds since 1970 as if the wall clock showed UTC.
    var naiveSeconds: Int64 { Int64(day.number) * 86_400 + Int64(minute) * 60 }
}

extension ClinicTime: CustomStringConvertible {
    /// `2027-01-04T09:00`.
    public var description: String {
        let clock = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day.text)T\(clock[0]):\(clock[1])"
    }
}
