public import Access
import Database
public import EndpointKit
import Identity
import Outbox
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lets a hold go.
public struct ReleaseHold: Endpoint {
    /// `DELETE /v1/holds/{hold}`
    public static let route = Route.delete("/v1/holds/{hold}")
    /// What it does.
    public static let summary = "Let a hold of one's own go: the slot is free again at once."
    /// What a caller must know.
    public static let details =
        "A hold that has ended by itself, or is somebody else's, is not found: there is nothing to give back."
    /// Whoever may keep slots.
    public static let access = Access<Permit<HoldSlots>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who let it go is kept.
    public static let audit = Audit.writes("hold")
    /// It may have ended.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The hold.") var hold: ID<Hold>

    /// Inputs still empty.
    public init() {}

    /// A hold that has ended by itself has nothing to give back, so it is not there.
    public func respond(to permit: Permit<HoldSlots>) async throws -> NoContent {
        try await permit.write { clinic in
            let found: Hold? = try await clinic.row(
                Hold.withID(hold, of: permit.caller.id, in: clinic.tenant))
            guard let found, found.isInForce(at: permit.now),
                try await clinic.run(found.letGo(in: clinic.tenant)) > 0
            else { throw Problem.notFound }
            AuditTrail.record(
                AuditEvent(CancelAppointments.permission, of: "hold", hold.unique).about(
                    found.patient.unique),
                by: permit, in: clinic)
            Outbox.record(HoldReleased(hold: found), in: clinic)
            return NoContent()
        }
    }
}
