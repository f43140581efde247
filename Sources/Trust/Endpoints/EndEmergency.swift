import Access
import Database
public import EndpointKit
public import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Closes a record that was opened in an emergency before its time.
public struct EndEmergency: Endpoint {
    /// `POST /v1/emergency-access/{emergency}/end`
    public static let route = Route.post("/v1/emergency-access/{emergency}/end")
    /// What it does.
    public static let summary = "Close a record that I opened in an emergency."
    /// What a caller must know.
    public static let details =
        "It ends by itself after an hour. What it owes, a judgement by somebody else, it owes still."
    /// Whoever opened it.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// When it was closed is kept.
    public static let audit = Audit.writes("patient")
    /// It may be another's, or over.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The emergency.") var emergency: ID<EmergencyAccess>

    /// Inputs still empty.
    public init() {}

    /// What is another's, or over, is not there.
    public func respond(to request: CallerRequest) async throws -> EmergencyAccess {
        try await request.write { clinic in
            let ended: EmergencyAccess = try await clinic.found(
                EmergencyAccess.end(emergency, of: request.caller.id, at: request.now, in: clinic.tenant))
            let event = AuditEvent(
                act: "emergency.end", of: "patient", ended.patient.unique,
                detail: ["emergency": .string(emergency.unique.uuidText)])
            clinic.queue(AuditTrail.statement(event, by: request, as: request.caller.roles.first?.role))
            return ended
        }
    }
}
