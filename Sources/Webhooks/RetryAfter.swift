import Vocabulary

/// What `Retry-After` of an answer asks for (RFC 9110, 10.2.3): seconds, or a date. By hand, since nothing
/// else here reads dates of HTTP.
enum RetryAfter {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// How long to wait at least. Nobody is left alone for longer than deliveries rest anyway; what cannot be
    /// read asks for nothing.
    static func rest(_ field: String?, at now: Instant) -> Duration {
        guard let field else { return .zero }
        let isNumber = !field.isEmpty && field.utf8.allSatisfy { (48...57).contains($0) }
        let wait: Duration? =
            isNumber ? .seconds(Int64(field) ?? .max / 2_000_000) : date(field).map { $0 - now }
        return min(max(wait ?? .zero, .zero), DeliverWebhook.longestRest)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private static func date(_ field: String) -> Instant? {
        let parts = field.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]),
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
