import Access
import Database
public import EndpointKit
public import Identity
import JSON
import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Asks for a role.
public struct AskForRole: Endpoint {
    /// `POST /v1/access/requests`
    public static let route = Route.post("/v1/access/requests")
    /// What it does.
    public static let summary = "Ask for a role, perhaps at one location, until a day."
    /// What a caller must know.
    public static let details = """
        Somebody else who may give it decides. It ends by itself, after a year at the latest; of one person's requests at \
        most five wait at a time.
        """
    /// Whoever works here.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's wishes.
    public static let limit = Limit.perCaller(10, per: .seconds(60))
    /// Who asked for what is kept.
    public static let audit = Audit.changes("role_request")
    /// Too many may wait, and not everybody works here.
    public static let problems: [ProblemCode] = [.conflict, .notAllowed]

    @In(.body, "For which role.") var role: RoleName
    @In(.body, "Where; the whole clinic when it is not sent.") var location: ID<Location>?
    @In(.body, "Until when; a year from now at most.") var until: Instant
    @In(.body, "Why, for whoever decides.", .length(3...500)) var reason: String

    /// Inputs still empty.
    public init() {}

    /// The request and the line about it are one transaction.
    public func respond(to request: CallerRequest) async throws -> Created<RoleRequest> {
        guard let staff = request.caller.staffMember else { throw Problem.notAllowed }
        guard until - request.now <= RoleRequest.longest else {
            throw Problem.invalidInput([
                Complaint(pointer: "/until", code: "too_late", detail: "must be within a year")
            ])
        }
        let asked = RoleRequest(
            id: .random(at: request.now), staff: staff, role: role, location: location, until: until,
            reason: reason, stage: .asked, askedAt: request.now, decidedBy: nil, decidedAt: nil, answer: nil)
        return try await request.write { clinic in
            let wanted = try await WantedRole.read(asked.wish, by: Maker(asking: request), in: clinic)
            guard try await asked.insert(wanted, in: clinic) else {
                throw Problem.conflict("\(RoleRequest.mostWaiting) of your requests wait already.")
            }
            AuditTrail.record(
                AuditEvent(Permission(.update, .staff), of: "role_request", asked.id.unique),
                wishedBy: request, in: clinic)
            return Created(asked, at: RoleRequest.path(of: asked.id))
        }
    }
}
