import Database
import Synchronization
import Vocabulary

/// The ring of keys as it was last read, for the whole process.
final class KeyBoard: Sendable {
    /// Nobody waits longer than this for a key that another process has made, or trusts one it has retired.
    static let freshFor = Duration.seconds(4)

    private let state = Mutex<(ring: KeyRing, readAt: Instant)?>(nil)

    /// The ring, read at most once in `freshFor` however many strange tokens come.
    func ring(from database: Database, at now: Instant) async throws -> KeyRing {
        if let known = state.withLock({ $0 }), now >= known.readAt, now - known.readAt < Self.freshFor {
            return known.ring
        }
        let ring = try await KeyRing.read(from: database)
        state.withLock { $0 = (ring, now) }
        return ring
    }

    func forget() { state.withLock { $0 = nil } }
}
