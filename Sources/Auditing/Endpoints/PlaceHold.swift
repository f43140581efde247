public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Keeps the audit trail from being forgotten.
public struct PlaceHold: Endpoint {
    /// `POST /v1/audit/holds`
    public static let route = Route.post("/v1/audit/holds")
    /// What it does.
    public static let summary =
        "Place a legal hold: until it is lifted, nothing of the audit trail is forgotten."
    /// What a caller must know.
    public static let details = "Each reason has a hold of its own: lifting one lifts no other."
    /// Whoever runs the clinic.
    public static let access = Access<Permit<SetHolds>>.permitted()
    /// Done a few times in a clinic's life.
    public static let limit = Limit.of(.sensitive)
    /// Who did it is kept.
    public static let audit = Audit.changes("audit_hold")

    @In(.body, "Why.", .length(3...500)) var reason: String

    /// Inputs still empty.
    public init() {}

    /// A hold of its own for every reason: lifting one lifts no other.
    public func respond(to permit: Permit<SetHolds>) async throws -> Created<LegalHold> {
        let hold = LegalHold(
            id: .random(at: permit.now), reason: reason, placedAt: permit.now, placedBy: permit.caller.id,
            liftedAt: nil, liftedBy: nil)
        return try await permit.write { clinic in
            clinic.queue(hold.insert(in: clinic.tenant))
            let event = AuditEvent(SetHolds.permission, of: "audit_hold", hold.id.unique)
            AuditTrail.record(event, by: permit, in: clinic)
            return Created(hold, at: "/v1/audit/holds")
        }
    }
}
