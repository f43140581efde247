public import Access
import Database
public import EndpointKit
import Shapes
import Tenancy
import Vocabulary

/// Lists who asked for which role.
public struct ListRoleRequests: Endpoint {
    /// `GET /v1/access/requests`
    public static let route = Route.get("/v1/access/requests")
    /// What it does.
    public static let summary = "List who asked for which role, the latest first."
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeStaff>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.query, "Only those that stand there.") var stage: RoleRequest.Stage?
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeStaff>) async throws -> Page<RoleRequest> {
        let last = cursor.flatMap { ID<RoleRequest>(text: $0.position) }
        let found: [RoleRequest] = try await permit.clinic.rows(
            RoleRequest.page(
                stage, before: last, limit: limit + 1, within: permit.locations, in: permit.tenant.id))
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor(last.id.text))
    }
}
