/// The rule by which a zone goes on after its last listed transition: POSIX's `TZ` text,
/// `EET-2EEST,M3.5.0/3,M10.5.0/4`.
struct PosixRule: Hashable, Sendable {
    let standard: Int32
    let summer: Summer?

    struct Summer: Hashable, Sendable {
        let offset: Int32
        let begins: YearDate
        let ends: YearDate
    }

    /// Nil when the text is not such a rule.
    init?(_ text: ArraySlice<UInt8>) {
        var scanner = RuleScanner(rest: text)
        guard scanner.name(), let west = scanner.clock() else { return nil }
        standard = -west
        guard !scanner.isAtEnd else {
            summer = nil
            return
        }
        guard scanner.name() else { return nil }
        let offset = scanner.isAt(",") ? standard + 3600 : scanner.clock().map { -$0 }
        guard let offset, scanner.takes(","), let begins = scanner.yearDate(), scanner.takes(","),
            let ends = scanner.yearDate(), scanner.isAtEnd
        else { return nil }
        summer = Summer(offset: offset, begins: begins, ends: ends)
    }

    func offset(atSecond second: Int64) -> Int32 {
        guard let summer else { return standard }
        let year = Day(number: Int32(floorDivide(second + Int64(standard), 86_400))).civil.year
        let begins = summer.begins.second(in: year) - Int64(standard)
        let ends = summer.ends.second(in: year) - Int64(summer.offset)
        let isSummer =
            begins < ends ? begins <= second && second < ends : !(ends <= second && second < begins)
        return isSummer ? summer.offset : standard
    }
}

/// A date that every year has, and a wall clock on it.
struct YearDate: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        /// The last (5) or n-th weekday (0 is Sunday) of a month.
        case monthWeek(month: Int, week: Int, weekday: Int)
        /// Day 1…365, the leap day never counted.
        case julian(Int)
        /// Day 0…365, the leap day counted.
        case ordinal(Int)
    }

    let form: Form
    let clock: Int32

    /// Seconds since 1970 on the wall.
    func second(in year: Int) -> Int64 { Int64(day(in: year)) * 86_400 + Int64(clock) }

    private func day(in year: Int) -> Int {
        let newYear = Int(Day(year: year, month: 1, day: 1)?.number ?? 0)
        switch form {
        case .ordinal(let ordinal): return newYear + ordinal
        case .julian(let julian):
            let isAfterLeapDay = Day.length(ofMonth: 2, year: year) == 29 && julian >= 60
            return newYear + julian - (isAfterLeapDay ? 0 : 1)
        case .monthWeek(let month, let week, let weekday):
            guard let first = Day(year: year, month: month, day: 1) else { return newYear }
            let ahead = (weekday - first.weekday.rawValue % 7 + 7) % 7
            let inMonth = ahead + (week - 1) * 7
            return Int(first.number)
                + (inMonth < Day.length(ofMonth: month, year: year) ? inMonth : inMonth - 7)
        }
    }
}

/// Reads a POSIX rule off the front of its bytes.
private struct RuleScanner {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool { rest.isEmpty }

    func isAt(_ mark: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: mark) }

    mutating func takes(_ mark: Unicode.Scalar) -> Bool {
        guard isAt(mark) else { return false }
        rest.removeFirst()
        return true
    }

    /// `EET` or `<+0330>`; the name itself is of no use here.
    mutating func name() -> Bool {
        if takes("<") {
            rest = rest.drop { $0 != UInt8(ascii: ">") }
            return takes(">")
        }
        let letters = rest.prefix { (UInt8(ascii: "A")...UInt8(ascii: "z")).contains($0) }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    /// `2`, `-3:30` or `+167:00:00`, in seconds.
    mutating func clock() -> Int32? {
        let isNegative = takes("-")
        if !isNegative { _ = takes("+") }
        guard let hours = number(upTo: 167) else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where takes(":") {
            guard let value = number(upTo: 59) else { return nil }
            seconds += value * unit
        }
        return Int32(isNegative ? -seconds : seconds)
    }

    mutating func yearDate() -> YearDate? {
        guard let form = form() else { return nil }
        guard takes("/") else { return YearDate(form: form, clock: 7200) }
        return clock().map { YearDate(form: form, clock: $0) }
    }

    private mutating func form() -> YearDate.Form? {
        if takes("M") {
            guard let month = number(upTo: 12), month > 0, takes("."), let week = number(upTo: 5), week > 0,
                takes("."),
                let weekday = number(upTo: 6)
            else { return nil }
            return .monthWeek(month: month, week: week, weekday: weekday)
        }
        if takes("J") { return number(upTo: 365).flatMap { $0 > 0 ? .julian($0) : nil } }
        return number(upTo: 365).map { .ordinal($0) }
    }

    private mutating func number(upTo most: Int) -> Int? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return value <= most ? value : nil
    }
}
