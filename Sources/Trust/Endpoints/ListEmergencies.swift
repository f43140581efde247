public import Access
public import EndpointKit
import Shapes
import Tenancy
import Vocabulary

/// Lists which records were opened in emergencies.
public struct ListEmergencies: Endpoint {
    /// `GET /v1/emergency-access`
    public static let route = Route.get("/v1/emergency-access")
    /// What it does.
    public static let summary = "List which records were opened in emergencies, the latest first."
    /// Whoever may read the trail of the whole clinic.
    public static let access = Access<Permit<ReviewEmergencies>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who looked is kept: it says who was treated.
    public static let audit = Audit.reads("emergency_access")

    @In(.query, "Only those that nobody has reviewed yet.") var waiting = false
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One further than asked for, to know whether there is more.
    public func respond(to permit: Permit<ReviewEmergencies>) async throws -> Page<EmergencyAccess> {
        let last = cursor.flatMap { ID<EmergencyAccess>(text: $0.position) }
        let found: [EmergencyAccess] = try await permit.rows(
            EmergencyAccess.page(
                before: last, onlyWaiting: waiting, limit: limit + 1, in: permit.tenant.id),
            recording: AuditEvent(ReviewEmergencies.permission, of: "emergency_access"))
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor(last.id.text))
    }
}
