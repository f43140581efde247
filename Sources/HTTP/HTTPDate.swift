import Glibc

/// `Sun, 06 Nov 1994 08:49:37 GMT`. By arithmetic, because `strftime` reads /etc/localtime each time.
public enum HTTPDate {
    private static let days: [StaticString] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The bytes for a moment in seconds since 1970, from 1970 on.
    public static func bytes(secondsSince1970 seconds: Int) -> [UInt8] {
        let (day, second) = max(0, seconds).quotientAndRemainder(dividingBy: 86_400)
        let date = civil(day: day)
        var text: [UInt8] = []
        text.reserveCapacity(29)
        text.append(days[day % 7])
        text.append(", ")
        append(date.day, to: &text)
        text.append(" ")
        text.append(months[date.month - 1])
        text.append(" ")
        text.append(decimal: date.year)
        for (index, part) in [second / 3600, second / 60 % 60, second % 60].enumerated() {
            text.append(index == 0 ? " " : ":")
            append(part, to: &text)
        }
        text.append(" GMT")
        return text
    }

    static func now() -> [UInt8] { bytes(secondsSince1970: time(nil)) }

    private static func append(_ number: Int, to text: inout [UInt8]) {
        text.append(UInt8(48 + number / 10))
        text.append(UInt8(48 + number % 10))
    }

    /// Hinnant's days-to-civil, in eras of 400 years that begin in March.
    private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
