public import Roles
public import Tenancy
public import Vocabulary

/// A key by which a program of the clinic's calls: what it may do, where, from where and until when.
public struct APIKey: Identified, Sendable {
    /// `key_…`
    public static let idPrefix: StaticString = "key"

    /// Names the key; its secret is another thing.
    public let id: ID<APIKey>
    /// What it is for, in the clinic's words.
    public let name: String
    /// What it may do.
    public let permissions: [Permission]
    /// Where; nowhere in particular means the whole clinic.
    public let locations: [ID<Location>]
    /// From where it may call; none means from anywhere.
    public let networks: [String]
    /// Who made it.
    public let madeBy: ID<StaffMember>
    /// When.
    public let madeAt: Instant
    /// When it last got a new secret.
    public let rotatedAt: Instant?
    /// Until when the secret before is good as well.
    public let beforeUntil: Instant?
    /// When it ends by itself.
    public let expiresAt: Instant
    /// When it was used last, to the minute.
    public let usedAt: Instant?
    /// From where.
    public let usedFrom: String?
    /// When somebody ended it.
    public let revokedAt: Instant?
    /// Who.
    public let revokedBy: ID<StaffMember>?

    /// A key that is being made.
    public init(
        _ id: ID<APIKey>, name: String, permissions: [Permission], locations: [ID<Location>],
        networks: [String], by maker: ID<StaffMember>, at now: Instant, until end: Instant
    ) {
        (self.id, self.name, self.permissions) = (id, name, permissions)
        (self.locations, self.networks, madeBy, madeAt) = (locations, networks, maker, now)
        (rotatedAt, beforeUntil, expiresAt) = (nil, nil, end)
        (usedAt, usedFrom, revokedAt, revokedBy) = (nil, nil, nil, nil)
    }

    /// What it may do until then, as roles: one for the clinic, or one at each of its locations.
    public func roles(until end: Instant) -> [Caller.HeldRole] {
        Caller.roles(of: permissions, at: locations, from: networks, until: end)
    }
}

extension Caller {
    /// A program's permissions as roles, with nothing left out of them.
    static func roles(
        of permissions: [Permission], at locations: [ID<Location>], from networks: [String],
        until end: Instant
    ) -> [HeldRole] {
        let places = locations.isEmpty ? [nil] : locations.map(Optional.some)
        let table = RightTable(
            permissions, to: locations.isEmpty ? .tenant : .location,
            under: networks.isEmpty ? [] : [Condition(networks: networks)])
        return places.map { HeldRole(.house(.integration), table, at: $0, until: end) }
    }
}
