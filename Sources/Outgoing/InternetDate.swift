public import Vocabulary

/// A moment as HTTP (RFC 9110, 5.6.7) and mail (RFC 5322) write it in UTC: `Sun, 06 Nov 1994 08:49:37 GMT`,
/// or `+0000`. By hand, because `strptime` reads the process's locale.
public enum InternetDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The moment; nil for anything that cannot be read.
    public static func instant(_ text: String) -> Instant? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, ["GMT", "+0000"].contains(parts[5]), let day = Int(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
            let civil = Day(year: year, month: month + 1, day: day)
        else { return nil }
        let clock = parts[4].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] <= 60,
            clock.allSatisfy({ $0 >= 0 })
        else { return nil }
        return Instant(seconds: Int64(civil.number) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2])
    }
}
