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
    /// Who has taken it over since; nil while its maker answers for it.
    public let adoptedBy: ID<StaffMember>?
    /// When.
    public let adoptedAt: Instant?
    /// Whether whoever answers for it still works here; if not, it does nothing.
    public let isKept: Bool
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
        (adoptedBy, adoptedAt, isKept) = (nil, nil, true)
        (rotatedAt, beforeUntil, expiresAt) = (nil, nil, end)
        (usedAt, usedFrom, revokedAt, revokedBy) = (nil, nil, nil, nil)
    }

    /// Who answers for it: it never does more than they may.
    public var keeper: ID<StaffMember> { adoptedBy ?? madeBy }
    /// What it is for.
    public var terms: KeyTerms {
        KeyTerms(permissions: permissions, locations: locations, networks: networks)
    }
}
