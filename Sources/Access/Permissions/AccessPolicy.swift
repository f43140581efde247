public import EndpointKit
public import HTTP
public import Identity
import PluginKit
public import Roles
public import Tenancy
public import Vocabulary

/// Decides what a caller may do. What no role of theirs allows is denied.
public enum AccessPolicy {
    /// A permit for the act, or `notAllowed`.
    public static func permit<A: Act>(_ act: A.Type, for request: CallerRequest) throws(Problem) -> Permit<A>
    {
        var held: [HeldRight] = []
        held.reserveCapacity(request.caller.roles.count)
        consider(AskedAct(act), Hearing(request)) { _, ground in
            if case .allows(let right) = ground { held.append(right) }
        }
        guard !held.isEmpty else { throw .notAllowed }
        return Permit(request, held)
    }

    /// Finds for each role of the caller's what it says to the act. Whoever decides and whoever explains ask
    /// here, so that an explanation cannot be another decision.
    static func consider(
        _ asked: AskedAct, _ hearing: Hearing, _ body: (Caller.HeldRole, Ground) -> Void
    ) {
        for given in hearing.caller.roles {
            if let end = given.until, end <= hearing.now {
                body(given, .ended(end))
                continue
            }
            let rights = given.table.rights(to: asked.permission, with: hearing.tenant.plugins)
            guard !rights.isEmpty else {
                body(given, given.table.removes(asked.permission) ? .removed : .notWritten)
                continue
            }
            if let ground = hearing.failing(of: given) {
                body(given, ground)
                continue
            }
            for right in rights { body(given, Ground(right, of: given, asked)) }
        }
    }
}

/// What a role says to an act.
public enum Ground: Sendable {
    /// It allows it.
    case allows(HeldRight)
    /// It was given until then.
    case ended(Instant)
    /// It has no such right.
    case notWritten
    /// The clinic has taken the right out of it.
    case removed
    /// It has the right, but only for things that the act cannot tell from others.
    case outOfReach(Reach)
    /// It has the right, less something that the act cannot leave out.
    case limited(Limits)
    /// It holds under a condition that does not hold now.
    case failing(Condition)
    /// It holds under a condition that cannot be judged here.
    case unknowable(Condition)

    init(_ right: Right, of given: Caller.HeldRole, _ asked: AskedAct) {
        let reach = right.reach.intersection(asked.reaches)
        if reach.isEmpty {
            self = .outOfReach(right.reach)
        } else if !right.limits.isSubset(of: asked.honours) {
            self = .limited(right.limits)
        } else {
            self = .allows(
                HeldRight(
                    role: given.role, location: given.location, reach: reach, limits: right.limits,
                    parts: right.parts, basis: given.basis))
        }
    }
}

/// Whom the policy hears, and when.
public struct Hearing: Sendable {
    /// Whoever asks.
    public let caller: Caller
    /// The moment it is judged at.
    public let now: Instant
    let tenant: Tenant
    private let address: @Sendable () -> IPAddress

    /// A caller's own request.
    init(_ request: CallerRequest) {
        (caller, now, tenant) = (request.caller, request.now, request.tenant)
        address = { [http = request.http] in http.clientAddress }
    }

    /// Somebody of the clinic, as if they called from there now.
    public init(_ caller: Caller, of tenant: Tenant, from address: IPAddress, at now: Instant) {
        (self.caller, self.tenant, self.now) = (caller, tenant, now)
        self.address = { address }
    }

    /// The first condition of the role that keeps it from holding.
    fileprivate func failing(of given: Caller.HeldRole) -> Ground? {
        guard !given.table.conditions.isEmpty else { return nil }
        let circumstances = circumstances(at: given.location)
        for condition in given.table.conditions {
            switch condition.verdict(in: circumstances) {
            case .holds: continue
            case .fails: return .failing(condition)
            case .unknown: return .unknowable(condition)
            }
        }
        return nil
    }

    /// The clock is that of the location the role was given for, else of the clinic's first.
    private func circumstances(at location: ID<Location>?) -> Circumstances {
        let place = location.flatMap(tenant.location) ?? tenant.locations.first
        return Circumstances(
            address: address(), time: (place?.zone ?? .utc).clinicTime(at: now),
            plugins: Set(tenant.visitTypes.map(\.plugin.text)))
    }
}

extension Access {
    /// Open to whoever holds the permission of the act that the handler is handed a permit for.
    public static func permitted<A: Act>() -> Access where Request == Permit<A> {
        Access(A.self)
    }

    /// Open to whoever holds the act's permission, for a request that proves it.
    public init<A: Act>(_: A.Type) {
        self.init(
            .permitted, permission: A.permission.name, reaches: A.reaches.words, limits: A.honours.words)
    }
}
