import Roles
import Tenancy
import Vocabulary

/// What the rows behind a secret say now: the key's, and those of whoever answers for it.
struct KnownKey: Sendable {
    /// More often than this nobody writes down that a key was used.
    static let notedEvery = Duration.seconds(60)

    let caller: Caller
    /// When this very secret ends.
    let expiresAt: Instant
    private let notedAt: Instant?

    /// Nil for a key of which whoever answers for it may do nothing any more: then it is nobody's.
    init?(_ rows: [KeyRow], at now: Instant) {
        guard let key = rows.first else { return nil }
        let held = rows.compactMap(\.role).rights(at: now, with: [])
        let roles = key.terms.roles(until: key.expiresAt, within: held, at: now)
        guard !roles.isEmpty else { return nil }
        caller = Caller(key.id, keptBy: key.keeper, roles: roles)
        (expiresAt, notedAt) = (key.expiresAt, key.notedAt)
    }

    /// Whether it is time to write down again that the key is used.
    func mustBeNoted(at now: Instant) -> Bool { notedAt.map { now - $0 >= Self.notedEvery } ?? true }
}

/// A key with one of its keeper's roles; somebody without any is one row without a role.
struct KeyRow: Sendable {
    let id: ID<APIKey>
    let terms: KeyTerms
    let expiresAt: Instant
    let notedAt: Instant?
    let keeper: ID<StaffMember>
    let role: Caller.HeldRole?
}
