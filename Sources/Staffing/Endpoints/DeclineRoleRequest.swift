public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Declines what somebody asked for.
public struct DeclineRoleRequest: Endpoint {
    /// `POST /v1/access/requests/{request}/decline`
    public static let route = Route.post("/v1/access/requests/{request}/decline")
    /// What it does.
    public static let summary = "Decline what was asked for."
    /// What a caller must know.
    public static let details =
        "Nobody decides on what they asked for themselves. What was decided before is a conflict."
    /// Whoever gives roles.
    public static let access = Access<Permit<GiveRoles>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who decided what is kept.
    public static let audit = Audit.changes("role_request")
    /// It may have been decided already.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The request.") var request: ID<RoleRequest>
    @In(.body, "Why, for whoever asked.", .length(3...500)) var answer: String?

    /// Inputs still empty.
    public init() {}

    /// Nobody decides on what they asked for themselves.
    public func respond(to permit: Permit<GiveRoles>) async throws -> RoleRequest {
        let decision = Decision(request: request, stage: .declined, answer: answer)
        return try await permit.write { try await decision.carryOut(by: permit, in: $0) }
    }
}
