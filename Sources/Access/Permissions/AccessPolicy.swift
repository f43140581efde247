public import EndpointKit
public import Identity

/// Decides what a caller may do. What no role of theirs allows is denied.
public enum AccessPolicy {
    /// A permit for the act, or `notAllowed`.
    public static func permit<A: Act>(_ act: A.Type, for request: CallerRequest) throws(Problem) -> Permit<A>
    {
        let rights = rights(of: request.caller, to: act)
        guard !rights.isEmpty else { throw .notAllowed }
        return Permit(request, rights)
    }

    /// The caller's rights that the act's handler can enforce.
    static func rights<A: Act>(of caller: Caller, to _: A.Type) -> [HeldRight] {
        var held: [HeldRight] = []
        held.reserveCapacity(caller.roles.count)
        let permission = A.permission, reaches = A.reaches, honours = A.honours
        for given in caller.roles {
            for right in RoleMatrix.rights(of: given.role, to: permission) {
                let reach = right.reach.intersection(reaches)
                guard !reach.isEmpty, right.limits.isSubset(of: honours) else { continue }
                held.append(
                    HeldRight(role: given.role, location: given.location, reach: reach, limits: right.limits))
            }
        }
        return held
    }
}

extension Access {
    /// Open to whoever holds the permission of the act that the handler is handed a permit for.
    public static func permitted<A: Act>() -> Access where Request == Permit<A> {
        Access(.permitted, permission: A.permission.name)
    }
}
