public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Keeps somebody of the staff out.
public struct SuspendColleague: Endpoint {
    /// `POST /v1/staff/{staff}/suspend`
    public static let route = Route.post("/v1/staff/{staff}/suspend")
    /// What it does.
    public static let summary =
        "Keep somebody out who works here: they are signed out at once, everywhere, and nobody books them."
    /// What a caller must know.
    public static let details = """
        They can neither sign in nor be booked until they are resumed; what they hold is kept for that day, and API keys that they \
        answer for stop meanwhile. Visits that are booked with them stay as they are: list them by practitioner, and move or cancel \
        them. Nobody keeps themselves out, nobody whom they could not give what they hold, and a clinic keeps an administrator.
        """
    /// Whoever runs the clinic.
    public static let access = Access<Fresh<Permit<SuspendStaff>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it to whom is kept.
    public static let audit = Audit.changes("staff_member")
    /// Whoever is kept out already stays out.
    public static let idempotency = Idempotency.none
    /// They may not be of this clinic, or be its last administrator.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "Who is kept out.") var staff: ID<StaffMember>

    /// Inputs still empty.
    public init() {}

    /// What becomes of them and the line about it are one transaction.
    public func respond(to fresh: Fresh<Permit<SuspendStaff>>) async throws -> Colleague {
        let (permit, suspension) = (fresh.request, Suspension(of: staff))
        return try await permit.write { try await suspension.begin(by: permit, in: $0) }
    }
}
