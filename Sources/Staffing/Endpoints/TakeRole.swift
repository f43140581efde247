public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes a role from somebody.
public struct TakeRole: Endpoint {
    /// `DELETE /v1/staff/{staff}/roles/{given}`
    public static let route = Route.delete("/v1/staff/{staff}/roles/{given}")
    /// What it does.
    public static let summary =
        "Take a role from somebody; it holds no more at once, on every sign-in they have."
    /// What a caller must know.
    public static let details =
        "Nobody takes their own, nobody takes what they could not give, and a clinic keeps an administrator."
    /// Whoever says what people may do.
    public static let access = Access<Fresh<Permit<GiveRoles>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// What they were and what they became is kept.
    public static let audit = Audit.changes("staff_member")
    /// It may have been taken already, or be the last administrator's.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "From whom.") var staff: ID<StaffMember>
    @In(.path, "The giving that is to end.") var given: ID<GivenRole>

    /// Inputs still empty.
    public init() {}

    /// The row and the line about it are one transaction.
    public func respond(to fresh: Fresh<Permit<GiveRoles>>) async throws -> NoContent {
        let permit = fresh.request
        let change = RoleChange.take(given, from: staff)
        return try await permit.write { clinic in
            _ = try await change.carryOut(by: Maker(permit), in: clinic)
            AuditTrail.record(
                AuditEvent(GiveRoles.permission, of: "staff_member", staff.unique), by: permit, in: clinic)
            return NoContent()
        }
    }
}
