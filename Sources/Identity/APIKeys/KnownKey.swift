import Roles
import Tenancy
import Vocabulary

/// What the row behind a secret says now.
struct KnownKey: Sendable {
    /// More often than this nobody writes down that a key was used.
    static let notedEvery = Duration.seconds(60)

    let caller: Caller
    /// When this very secret ends.
    let expiresAt: Instant
    private let notedAt: Instant?

    init(
        _ id: ID<APIKey>, _ permissions: [Permission], at locations: [ID<Location>], from networks: [String],
        until end: Instant, notedAt: Instant?
    ) {
        caller = Caller(
            id, roles: Caller.roles(of: permissions, at: locations, from: networks, until: end))
        (expiresAt, self.notedAt) = (end, notedAt)
    }

    /// Whether it is time to write down again that the key is used.
    func mustBeNoted(at now: Instant) -> Bool { notedAt.map { now - $0 >= Self.notedEvery } ?? true }
}
