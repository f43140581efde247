import Database
import EndpointKit
import Vocabulary

/// How many codes may be asked for, and how soon after each other.
struct CodeAllowance: Sendable {
    static let window = Duration.seconds(3600)

    /// As the keyed hash that the count stands under.
    let key: [UInt8]
    /// Codes within a window, which begins with the first of them.
    let codesMax: Int
    /// The least time between one and the next.
    let pause: Duration

    /// Takes one, or throws the problem that says when there will be one again.
    func take(at now: Instant, in clinic: borrowing Transaction) async throws {
        let taken: Bool? = try await clinic.row(take(at: now, of: clinic.tenant))
        guard taken == nil else { return }
        let free: Instant? = try await clinic.row(free(of: clinic.tenant))
        let wait = free.map { $0 - now } ?? pause
        throw Problem.tooManyRequests(retryAfter: max(1, Int(wait.components.seconds) + 1))
    }
}
