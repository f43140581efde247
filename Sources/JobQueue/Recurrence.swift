public import Vocabulary

/// Times that come back, in cron's five fields: minute, hour, day of the month, month, day of the week.
///
/// Each wall-clock time that it names comes once a day: where the clock was put forward over it, at the
/// moment of the jump; where the clock is put back and shows it twice, the first time. As in cron, a day
/// matches when either of the two day fields does, if both are given. 0 and 7 are Sunday.
public struct Recurrence: Sendable, Equatable {
    /// The five fields as they were written.
    public let text: String
    /// Minutes of the day, in order.
    private let minutes: [Int]
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    private let isEitherDay: Bool

    /// The longest a rule can rest: from one 29th of February over a year without one to the next.
    private static let daysMax = 8 * 366 + 2

    /// Reads `30 9 * * 1-5`; nil for what is no rule, and for one that never comes.
    public init?(_ text: String) {
        let fields = text.split(separator: " ").map(String.init)
        guard fields.count == 5, let minutes = Self.numbers(fields[0], 0...59),
            let hours = Self.numbers(fields[1], 0...23), let days = Self.numbers(fields[2], 1...31),
            let months = Self.numbers(fields[3], 1...12), let weekdays = Self.numbers(fields[4], 0...7)
        else { return nil }
        self.text = text
        self.minutes = hours.sorted().flatMap { hour in minutes.sorted().map { hour * 60 + $0 } }
        (self.days, self.months, self.weekdays) = (days, months, Set(weekdays.map { $0 == 0 ? 7 : $0 }))
        isEitherDay = fields[2] != "*" && fields[4] != "*"
        let leapYear = Day(number: 18_262)
        guard (0..<Self.daysMax).contains(where: { matches(leapYear + $0) }) else { return nil }
    }

    /// At every full hour.
    public static let hourly = Recurrence(text: "0 * * * *", minutes: (0..<24).map { $0 * 60 })

    /// Every day at a time on the wall; what no wall shows is midnight.
    public static func daily(hour: Int, minute: Int = 0) -> Recurrence {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return daily(hour: 0) }
        return Recurrence(text: "\(minute) \(hour) * * *", minutes: [hour * 60 + minute])
    }

    private init(text: String, minutes: [Int]) {
        (self.text, self.minutes, isEitherDay) = (text, minutes, false)
        (days, months, weekdays) = (Set(1...31), Set(1...12), Set(1...7))
    }

    /// The first moment after `instant` at which it is due on the zone's wall clocks.
    public func next(after instant: Instant, in zone: Zone) -> Instant? {
        let today = zone.clinicTime(at: instant).day
        for offset in 0...Self.daysMax where matches(today + offset) {
            let moments = minutes.lazy.map { zone.instant(of: ClinicTime(today + offset, minute: $0)) }
            if let next = moments.first(where: { $0 > instant }) { return next }
        }
        return nil
    }

    private func matches(_ day: Day) -> Bool {
        let civil = day.civil
        guard months.contains(civil.month) else { return false }
        let isDay = days.contains(civil.day), isWeekday = weekdays.contains(day.weekday.rawValue)
        return isEitherDay ? isDay || isWeekday : isDay && isWeekday
    }

    /// `*`, `5`, `1-5`, `*/15`, `8-18/2`, and lists of these.
    private static func numbers(_ field: String, _ range: ClosedRange<Int>) -> Set<Int>? {
        var numbers: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", omittingEmptySubsequences: false)
            guard halves.count <= 2, let span = span(halves[0], range) else { return nil }
            guard halves.count == 2 else {
                numbers.formUnion(span)
                continue
            }
            guard let step = plain(halves[1]), step > 0 else { return nil }
            let end = halves[0].contains("-") ? span.upperBound : range.upperBound
            numbers.formUnion(stride(from: span.lowerBound, through: end, by: step))
        }
        return numbers
    }

    private static func span(_ text: Substring, _ range: ClosedRange<Int>) -> ClosedRange<Int>? {
        if text == "*" { return range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(plain)
        guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1],
            low <= high, range.contains(low), range.contains(high)
        else { return nil }
        return low...high
    }

    private static func plain(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }
}
