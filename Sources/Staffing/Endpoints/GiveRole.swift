public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Gives somebody a role.
public struct GiveRole: Endpoint {
    /// `POST /v1/staff/{staff}/roles`
    public static let route = Route.post("/v1/staff/{staff}/roles")
    /// What it does.
    public static let summary = "Give somebody a role, perhaps at one location, perhaps until a day."
    /// What a caller must know.
    public static let details = """
        It holds at once. Nobody gives themselves anything, and nobody gives what they do not hold: at more places, for \
        longer, or with less left out. Whoever runs the clinic gives every role of the clinic's.
        """
    /// Whoever says what people may do.
    public static let access = Access<Fresh<Permit<GiveRoles>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// What they were and what they became is kept.
    public static let audit = Audit.changes("staff_member")
    /// They may hold it already.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "To whom.") var staff: ID<StaffMember>
    @In(.body, "The role.") var role: RoleName
    @In(.body, "Where it holds; the whole clinic when it is not sent.") var location: ID<Location>?
    @In(.body, "Until when it holds; for good when it is not sent.") var until: Instant?

    /// Inputs still empty.
    public init() {}

    /// The role and the line about it are one transaction.
    public func respond(to fresh: Fresh<Permit<GiveRoles>>) async throws -> Created<GivenRole> {
        let permit = fresh.request
        var wish = RoleToGive()
        (wish.role, wish.location, wish.until) = (role, location, until)
        let change = RoleChange.give(wish, to: staff)
        return try await permit.write { clinic in
            let outcome = try await change.carryOut(by: Maker(permit), in: clinic)
            guard let given = outcome.given else { throw Problem.notFound }
            AuditTrail.record(
                AuditEvent(GiveRoles.permission, of: "staff_member", staff.unique), by: permit, in: clinic)
            return Created(given, at: "/v1/staff/\(staff.text)/roles")
        }
    }
}
