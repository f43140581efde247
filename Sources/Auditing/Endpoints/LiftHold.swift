public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes a legal hold back.
public struct LiftHold: Endpoint {
    /// `POST /v1/audit/holds/{hold}/lift`
    public static let route = Route.post("/v1/audit/holds/{hold}/lift")
    /// What it does.
    public static let summary = "Take a legal hold back."
    /// What a caller must know.
    public static let details = "Other holds stay in force. One that was lifted before is not found."
    /// Whoever runs the clinic.
    public static let access = Access<Permit<SetHolds>>.permitted()
    /// Done a few times in a clinic's life.
    public static let limit = Limit.of(.sensitive)
    /// Who did it is kept.
    public static let audit = Audit.changes("audit_hold")
    /// It may be lifted already.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The hold.") var hold: ID<LegalHold>

    /// Inputs still empty.
    public init() {}

    /// Decided by the row itself: only one in force is touched.
    public func respond(to permit: Permit<SetHolds>) async throws -> LegalHold {
        try await permit.write { clinic in
            let lifted: LegalHold = try await clinic.found(
                LegalHold.lift(hold, by: permit.caller.id, at: permit.now, in: clinic.tenant))
            let event = AuditEvent(SetHolds.permission, of: "audit_hold", hold.unique)
            AuditTrail.record(event, by: permit, in: clinic)
            return lifted
        }
    }
}
