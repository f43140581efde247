public import Identity
public import Roles
public import Shapes
public import Tenancy
public import Vocabulary

/// A role that somebody was given.
public struct GivenRole: Identified, Sendable {
    /// `giv_…`
    public static let idPrefix: StaticString = "giv"

    /// Names the giving, not the role: the same role at two locations was given twice.
    public let id: ID<GivenRole>
    /// Which role.
    public let role: RoleName
    /// At which location; nil for the whole clinic.
    public let location: ID<Location>?
    /// Until when; nil for good.
    public let until: Instant?
    /// Since when.
    public let givenAt: Instant
    /// What it allows.
    let table: RightTable

    /// What its holder may do by it where the clinic has these plugins.
    func placed(with plugins: [ClinicPlugin]) -> Set<PlacedRight> {
        table.placed(at: location, until: until, with: plugins)
    }

    /// The same, and what it will allow besides once the clinic has other plugins.
    func named(with plugins: [ClinicPlugin]) -> Set<PlacedRight> {
        table.named(at: location, until: until, with: plugins)
    }

    func isOver(at now: Instant) -> Bool { table.end(by: until).map { $0 <= now } ?? false }
}

extension GivenRole: Output {
    /// The answer's members.
    public static let shape = OutputShape<GivenRole> {
        Out("id", "The giving of the role.") { $0.id }
        Out("role", "The role.", example: "receptionist") { $0.role.text }
        Out("location", "Where it holds; null for the whole clinic.") { $0.location }
        Out("until", "Until when it holds; null for good.") { $0.until }
        Out("given_at", "Since when it holds.") { $0.givenAt }
    }
}

/// Somebody who works at the clinic, and as what.
public struct Colleague: Sendable {
    /// Who.
    public let id: ID<StaffMember>
    /// What patients call them.
    public let name: String
    /// Whether they may sign in at all.
    public let isActive: Bool
    /// What they were given, the oldest first.
    public internal(set) var roles: [GivenRole]

    /// What they may do at that moment where the clinic has these plugins, without what another of their
    /// rights covers.
    func standing(at now: Instant, with plugins: [ClinicPlugin]) -> Set<PlacedRight> {
        guard isActive else { return [] }
        let rights = roles.filter { !$0.isOver(at: now) }.map { $0.placed(with: plugins) }
        return rights.reduce(into: Set()) { $0.formUnion($1) }.reduced
    }

    /// The same person as a caller who has signed in there.
    func caller(in session: ID<Session>) -> Caller {
        Caller(
            id,
            roles: roles.map {
                Caller.HeldRole($0.role, $0.table, at: $0.location, until: $0.until)
            }, session: session)
    }
}

extension Colleague: Output {
    /// The answer's members.
    public static let shape = OutputShape<Colleague> {
        Out("id", "The staff member.") { $0.id }
        Out("name", "What patients call them.", example: "Asha Patil") { $0.name }
        Out("active", "Whether they may sign in at all.") { $0.isActive }
        Out("roles", "What they were given, the oldest first.") { $0.roles }
    }
}

/// What somebody is to be given: a role, where, and until when.
public struct WantedRole: Sendable {
    let role: RoleName
    let location: ID<Location>?
    let until: Instant?
    let own: ID<OwnRole>?
    let table: RightTable

    /// What it allows, and what it will allow besides once the clinic has other plugins than these.
    func named(with plugins: [ClinicPlugin]) -> Set<PlacedRight> {
        table.named(at: location, until: until, with: plugins)
    }

    /// As it would stand among a person's roles.
    func given(_ id: ID<GivenRole>, at now: Instant) -> GivenRole {
        GivenRole(id: id, role: role, location: location, until: until, givenAt: now, table: table)
    }
}

extension RightTable {
    /// What the role allows, and what it will allow besides once the clinic has other plugins than these: all
    /// that whoever passes it on answers for.
    func named(
        at location: ID<Location>? = nil, until end: Instant? = nil, with plugins: [ClinicPlugin]
    ) -> Set<PlacedRight> {
        placed(at: location, until: end, with: plugins)
            .union(dormant(at: location, until: end, without: plugins))
    }
}
