public import Vocabulary

/// A stretch of an ordinary week in which a practitioner works at one location, on that location's wall
/// clock.
public struct WeeklyHours: Hashable, Sendable {
    /// The day of the week.
    public let weekday: Weekday
    /// The minute of the day at which work begins.
    public let from: Int
    /// The minute of the day at which work ends: 1440 is the midnight that ends the day.
    public let to: Int
    /// The first day on which the hours hold; nil: they always have.
    public let firstDay: Day?
    /// The first day on which they no longer hold; nil: until somebody changes them.
    public let untilDay: Day?

    /// Work from one minute of the weekday to another, from the first day until, and without, the other.
    public init(_ weekday: Weekday, from: Int, to: Int, firstDay: Day? = nil, untilDay: Day? = nil) {
        (self.weekday, self.from, self.to) = (weekday, from, to)
        (self.firstDay, self.untilDay) = (firstDay, untilDay)
    }

    /// Whether these hours are worked on that very day.
    public func hold(on day: Day) -> Bool {
        day.weekday == weekday && firstDay.map { $0 <= day } ?? true && untilDay.map { day < $0 } ?? true
    }

    /// Whether somebody would have to be at work twice at once.
    public func overlaps(_ other: WeeklyHours) -> Bool {
        weekday == other.weekday && from < other.to && other.from < to
            && (firstDay ?? .dawn) < (other.untilDay ?? .dusk)
            && (other.firstDay ?? .dawn) < (untilDay ?? .dusk)
    }
}

extension Day {
    fileprivate static let dawn = Day(number: .min), dusk = Day(number: .max)
}
