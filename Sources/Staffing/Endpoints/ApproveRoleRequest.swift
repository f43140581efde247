public import Access
import Database
public import EndpointKit
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Gives what somebody asked for.
public struct ApproveRoleRequest: Endpoint {
    /// `POST /v1/access/requests/{request}/approve`
    public static let route = Route.post("/v1/access/requests/{request}/approve")
    /// What it does.
    public static let summary = "Give what was asked for: it holds at once, until the day that was named."
    /// What a caller must know.
    public static let details = """
        Nobody decides on what they asked for themselves, nor approves what they could not give. What was decided before, or would be \
        over already, is a conflict.
        """
    /// Whoever gives roles; what they do not hold they cannot approve.
    public static let access = Access<Fresh<Permit<GiveRoles>>>.permitted()
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
    public func respond(to fresh: Fresh<Permit<GiveRoles>>) async throws -> RoleRequest {
        let permit = fresh.request
        let decision = Decision(request: request, stage: .approved, answer: answer)
        return try await permit.write { try await decision.carryOut(by: permit, in: $0) }
    }
}
