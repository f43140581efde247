import Outgoing
import Vocabulary

/// What `Retry-After` of an answer asks for (RFC 9110, 10.2.3): seconds, or a date.
enum RetryAfter {
    /// How long to wait at least. Nobody is left alone for longer than deliveries rest anyway; what cannot be
    /// read asks for nothing.
    static func rest(_ field: String?, at now: Instant) -> Duration {
        guard let field else { return .zero }
        let isNumber = !field.isEmpty && field.utf8.allSatisfy { (48...57).contains($0) }
        let wait: Duration? =
            isNumber
            ? .seconds(Int64(field) ?? .max / 2_000_000) : InternetDate.instant(field).map { $0 - now }
        return min(max(wait ?? .zero, .zero), DeliverWebhook.longestRest)
    }
}
