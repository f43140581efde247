/// A calendar day, wherever it is lived: no hours, no zone.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, negative before.
    public let number: Int32

    /// The day so many days after 1970-01-01.
    public init(number: Int32) { self.number = number }

    /// Nil when there is no such day: the 30th of February, a month 13, a year outside 1…9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Day.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        number = Day.number(year, month, day)
    }

    /// Reads `2027-01-04`; nil for anything else.
    public init?(text: some StringProtocol) {
        var scanner = DigitScanner(text)
        guard let day = scanner.day(), scanner.isAtEnd else { return nil }
        self = day
    }

    /// The day that a moment falls on in UTC.
    public init(containingUTC instant: Instant) {
        number = Int32(floorDivide(instant.seconds, 86_400))
    }

    /// Year, month (1…12) and day of the month (1…31) in the Gregorian calendar.
    public var civil: (year: Int, month: Int, day: Int) {
        // Counted in eras of 400 years that begin on the first of March, so that the leap day comes last.
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        // None of what follows is negative or larger than 32 bits, in which dividing is cheap.
        let dayOfEra = UInt32(truncatingIfNeeded: shifted - era * 146_097)
        let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
        let marchMonth = (5 &* dayOfYear &+ 2) / 153
        let month = marchMonth < 10 ? marchMonth &+ 3 : marchMonth &- 9
        let day = dayOfYear &- (153 &* marchMonth &+ 2) / 5 &+ 1
        return (Int(yearOfEra) + era * 400 + (month <= 2 ? 1 : 0), Int(month), Int(day))
    }

    /// The day of the week.
    public var weekday: Weekday {
        let sinceMonday = (Int(number) + 3) % 7
        return Weekday.allCases[sinceMonday < 0 ? sinceMonday + 7 : sinceMonday]
    }

    /// The day so many days later.
    public static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int32(days)) }

    /// How many days after `earlier` this is.
    public static func - (later: Day, earlier: Day) -> Int { Int(later.number) - Int(earlier.number) }

    /// Earlier is less.
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// How many days the month has in that year.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return Int32(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }
}

extension Day: CustomStringConvertible {
    /// `2027-01-04`.
    public var text: String {
        String(unsafeUninitializedCapacity: 10) { buffer in
            write(to: UnsafeMutableRawBufferPointer(buffer))
            return 10
        }
    }

    /// `2027-01-04`.
    public var description: String { text }

    /// Writes `text` into the first ten bytes.
    public func write(to buffer: UnsafeMutableRawBufferPointer) {
        let civil = civil, year = UInt32(truncatingIfNeeded: civil.year)
        putTwo(year / 100, 0, buffer)
        putTwo(year % 100, 2, buffer)
        buffer[4] = UInt8(ascii: "-")
        putTwo(UInt32(truncatingIfNeeded: civil.month), 5, buffer)
        buffer[7] = UInt8(ascii: "-")
        putTwo(UInt32(truncatingIfNeeded: civil.day), 8, buffer)
    }
}

/// A day of the week, numbered as ISO 8601 does: Monday is 1.
public enum Weekday: Int, CaseIterable, Comparable, Sendable {
    case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Monday first.
    public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}
