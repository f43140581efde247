public import Access
public import EndpointKit
import Identity
public import Reception
import Shapes
import Vocabulary

/// Signs a staff member out everywhere.
public struct DismissStaffMember: Endpoint {
    /// `POST /v1/staff/{staff_member}/sessions/revoke-all`
    public static let route = Route.post("/v1/staff/{staff_member}/sessions/revoke-all")
    /// What it does.
    public static let summary = "Sign a staff member out on all their devices."
    /// Whoever runs the clinic.
    public static let access = Access<Fresh<Permit<DismissStaff>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it to whom is kept.
    public static let audit = Audit.writes("staff_member")
    /// Leaving twice is leaving.
    public static let idempotency = Idempotency.none
    /// They may not be of this clinic.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The staff member.") var staffMember: ID<StaffMember>

    /// Inputs still empty.
    public init() {}

    /// Those who have gone may still have devices; those who were never here have none.
    public func respond(to fresh: Fresh<Permit<DismissStaff>>) async throws -> EndedSessions {
        let permit = fresh.request
        return try await Dismissal(of: Person(staffMember)).carryOut(permit, of: "staff_member")
    }
}
