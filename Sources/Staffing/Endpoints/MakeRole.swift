public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Makes a role of the clinic's own.
public struct MakeRole: Endpoint {
    /// `POST /v1/roles`
    public static let route = Route.post("/v1/roles")
    /// What it does.
    public static let summary = "Make a role of the clinic's own out of built-in ones."
    /// What a caller must know.
    public static let details = """
        Nobody makes a role that allows what they do not hold; whoever runs the clinic may use everything that the clinic's \
        built-in roles allow. The role is given as `own.` and its `slug`, which stays taken even when the role is retired.
        """
    /// Whoever takes people on.
    public static let access = Access<Fresh<Permit<MakeRoles>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who made which is kept.
    public static let audit = Audit.changes("role")
    /// The word may be taken.
    public static let problems: [ProblemCode] = [.conflict]

    @In(.body, "The clinic's short word for it.") var slug: Slug
    @In(.body, "What people call it.", .length(1...100)) var title: String
    @In(.body, "What it is made of.") var definition: RoleDefinition

    /// Inputs still empty.
    public init() {}

    /// The role, its first version and the line about them are one transaction.
    public func respond(to fresh: Fresh<Permit<MakeRoles>>) async throws -> Created<OwnRole> {
        let permit = fresh.request
        let role = OwnRole(
            id: .random(at: permit.now), slug: slug, title: title, version: 1, definition: definition,
            savedBy: permit.caller.id, savedAt: permit.now, retiredAt: nil)
        return try await Self.refusingTakenWords {
            try await permit.write { clinic in
                _ = try await RoleChange.make(role).carryOut(by: Maker(permit), in: clinic)
                AuditTrail.record(
                    AuditEvent(MakeRoles.permission, of: "role", role.id.unique), by: permit, in: clinic)
                return Created(role.shown(at: permit.tenant), at: OwnRole.path(of: role.id))
            }
        }
    }

    /// Says in words that the word is taken.
    static func refusingTakenWords<Value>(
        _ body: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        do { return try await body() } catch let error as DatabaseError {
            guard error.constraint == "own_role_slug_is_free" else { throw error }
            throw Problem.conflict("A role of the clinic's has this word already, or had it.")
        }
    }
}
