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

    /// What it shows of which rows about patients: whatever is read of patients is read through it.
    public func sight<Root>(of shape: OutputShape<Root>) -> Sight { Sight(rights, request, of: shape) }

    /// The same by those of its rights alone that are good enough; nil where none is.
    public func sight<Root>(
        of shape: OutputShape<Root>, where isGoodEnough: (HeldRight) -> Bool
    ) -> Sight? {
        let rights = rights.filter(isGoodEnough)
        return rights.isEmpty ? nil : Sight(rights, request, of: shape)
    }

    /// Which rows about patients it extends to, where all of a row is shown.
    public var reach: PatientReach { PatientReach(rights, request) }

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
    /// Why whoever holds the role holds it.
    public let basis: Caller.Basis
}
