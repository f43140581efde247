public import Database
public import Identity
public import Roles
public import Shapes
public import Tenancy
public import Vocabulary

/// The proof that a caller was allowed to do `A` here. Only `AccessPolicy` makes one, so a handler that is
/// handed a permit cannot have forgotten to ask.
public struct Permit<A: Act>: Sendable {
    /// Who asked for what.
    public let request: CallerRequest
    /// The rights on which it rests, each with the role that gave it; never empty.
    public let rights: [HeldRight]

    init(_ request: CallerRequest, _ rights: [HeldRight]) {
        (self.request, self.rights) = (request, rights)
    }

    /// Who is calling.
    public var caller: Caller { request.caller }
    /// The clinic.
    public var tenant: Tenant { request.tenant }
    /// The clinic's rows.
    public var clinic: TenantDatabase { request.clinic }
    /// The moment the request is judged at.
    public var now: Instant { request.now }

    /// Which members of an output it does not show: none where one of its rights leaves nothing out, else
    /// every member of a part that none of them shows.
    public func hidden<Root>(of shape: OutputShape<Root>) -> HiddenMembers {
        guard !rights.contains(where: \.limits.isEmpty) else { return HiddenMembers() }
        return shape.hidden(exceptParts: Set(rights.flatMap(\.parts)))
    }

    /// At which locations it holds.
    public var locations: LocationReach { LocationReach(rights) }
}

/// A right and where it comes from.
public struct HeldRight: Hashable, Sendable {
    /// The role that gives it.
    public let role: RoleName
    /// The location for which the role was given; nil for the whole clinic.
    public let location: ID<Location>?
    /// Whose things it extends to: what the act can enforce of it.
    public let reach: Reach
    /// What it leaves out.
    public let limits: Limits
    /// Which parts it shows, where it is a right to a part.
    public let parts: [String]
}
