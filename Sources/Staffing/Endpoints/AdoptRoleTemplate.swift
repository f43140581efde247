public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Makes a role of the clinic's own out of one that its chain offers.
public struct AdoptRoleTemplate: Endpoint {
    /// `POST /v1/role-templates/{template}/adopt`
    public static let route = Route.post("/v1/role-templates/{template}/adopt")
    /// What it does.
    public static let summary = "Adopt a role of the chain's as one of the clinic's own."
    /// What a caller must know.
    public static let details = """
        Without a `definition` the role is as the template has it. With one it must be no wider than the template in what \
        that locks; in everything else it is for the clinic to say. As with every role, nobody adopts what they could not \
        give.
        """
    /// Whoever makes roles at the clinic.
    public static let access = Access<Fresh<Permit<MakeRoles>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who adopted what is kept.
    public static let audit = Audit.changes("role")
    /// The word may be taken, and the template may have been retired.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The template.") var template: ID<RoleTemplate>
    @In(.body, "The clinic's short word for the role.") var slug: Slug
    @In(.body, "What people call it; as the chain does when it is not sent.", .length(1...100)) var title:
        String?
    @In(.body, "What it is made of here; as the template has it when it is not sent.") var definition:
        RoleDefinition?

    /// Inputs still empty.
    public init() {}

    /// The role, its first version and the line about them are one transaction.
    public func respond(to fresh: Fresh<Permit<MakeRoles>>) async throws -> Created<OwnRole> {
        let permit = fresh.request
        let change = RoleChange.adopt(
            .init(
                template: template, role: .random(at: permit.now), slug: slug, title: title,
                definition: definition))
        return try await MakeRole.refusingTakenWords {
            try await permit.write { clinic in
                let outcome = try await change.carryOut(by: Maker(permit), in: clinic)
                guard let role = outcome.role else { throw Problem.notFound }
                AuditTrail.record(
                    AuditEvent(MakeRoles.permission, of: "role", role.id.unique), by: permit, in: clinic)
                return Created(role.shown(at: permit.tenant), at: OwnRole.path(of: role.id))
            }
        }
    }
}
