import Access
import Database
public import EndpointKit
public import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Shows one record that was opened in an emergency.
public struct ReadEmergency: Endpoint {
    /// `GET /v1/emergency-access/{emergency}`
    public static let route = Route.get("/v1/emergency-access/{emergency}")
    /// What it does.
    public static let summary = "Show a record that was opened in an emergency, and what was made of it."
    /// Whoever opened it, and whoever may read the trail of the whole clinic.
    public static let access = Access<CallerRequest>.signedIn
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who looked is kept: it says who was treated.
    public static let audit = Audit.reads("emergency_access")
    /// It may be another's.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The emergency.") var emergency: ID<EmergencyAccess>

    /// Inputs still empty.
    public init() {}

    /// What is another's is not there, but for those who review it.
    public func respond(to request: CallerRequest) async throws -> EmergencyAccess {
        let isReviewer = (try? AccessPolicy.permit(ReviewEmergencies.self, for: request)) != nil
        return try await request.write { clinic in
            let found: EmergencyAccess? = try await clinic.row(
                EmergencyAccess.withID(emergency, in: clinic.tenant))
            guard let found, isReviewer || found.staff.unique == request.caller.id else {
                throw Problem.notFound
            }
            let event = AuditEvent(
                act: "emergency.read", of: "emergency_access", emergency.unique,
                detail: ["patient": .string(found.patient.unique.uuidText)])
            clinic.queue(AuditTrail.statement(event, by: request, as: request.caller.roles.first?.role))
            return found
        }
    }
}
