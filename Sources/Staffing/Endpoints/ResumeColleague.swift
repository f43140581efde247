public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lets somebody of the staff in again.
public struct ResumeColleague: Endpoint {
    /// `POST /v1/staff/{staff}/resume`
    public static let route = Route.post("/v1/staff/{staff}/resume")
    /// What it does.
    public static let summary = "Let somebody in again who was kept out, as what they were."
    /// What a caller must know.
    public static let details = """
        They sign in anew, with what they proved who they are with before, and can be booked again. Whoever left for good comes back \
        by an invitation instead, which leaves nothing of what they were.
        """
    /// Whoever runs the clinic.
    public static let access = Access<Fresh<Permit<SuspendStaff>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it to whom is kept.
    public static let audit = Audit.changes("staff_member")
    /// Whoever works here goes on working here.
    public static let idempotency = Idempotency.none
    /// They may not be of this clinic.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "Who is let in.") var staff: ID<StaffMember>

    /// Inputs still empty.
    public init() {}

    /// What becomes of them and the line about it are one transaction.
    public func respond(to fresh: Fresh<Permit<SuspendStaff>>) async throws -> Colleague {
        let (permit, suspension) = (fresh.request, Suspension(of: staff))
        return try await permit.write { try await suspension.end(by: permit, in: $0) }
    }
}
