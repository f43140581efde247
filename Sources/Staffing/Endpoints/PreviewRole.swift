public import Access
import Database
public import EndpointKit
import Identity
import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Tells what a change to roles would do.
public struct PreviewRole: Endpoint {
    /// `POST /v1/roles/preview`
    public static let route = Route.post("/v1/roles/preview")
    /// What it does.
    public static let summary = "Tell who would gain and lose what by a change to roles, without making it."
    /// What a caller must know.
    public static let details = """
        The change is made and taken back, so that this answers exactly as making it would, its refusals included. Send \
        `definition` alone for a new role, with `role` for its next version, `role` alone for retiring it, `template` for \
        adopting one of the chain's, perhaps with a `definition`, `role` and `template` for taking its live version up, and \
        `staff` with `give` or `take` for what one person holds.
        """
    /// Whoever may see who works here; making the change needs its own permission, here as there.
    public static let access = Access<Permit<SeeStaff>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Nothing is changed, and nothing is shown about any patient.
    public static let audit = Audit.silent
    /// Nothing is done that a key could keep from being done twice.
    public static let idempotency = Idempotency.none
    /// As the change has them.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.body, "The role that would change.") var role: ID<OwnRole>?
    @In(.body, "What it would be made of.") var definition: RoleDefinition?
    @In(.body, "The template that would be adopted, or taken up.") var template: ID<RoleTemplate>?
    @In(.body, "Who would be given a role, or lose one.") var staff: ID<StaffMember>?
    @In(.body, "The role that they would be given.") var give: RoleToGive?
    @In(.body, "The giving that would end.") var take: ID<GivenRole>?

    /// Inputs still empty.
    public init() {}

    /// Whatever was changed is rolled back before the answer.
    public func respond(to permit: Permit<SeeStaff>) async throws -> RoleEffect {
        let change = try await change(at: permit)
        let maker = try Self.maker(of: change, permit)
        do {
            return try await permit.clinic.write { clinic -> RoleEffect in
                let outcome = try await change.carryOut(by: maker, in: clinic)
                throw TakenBack(effect: RoleEffect(outcome, at: permit.now, with: permit.tenant.plugins))
            }
        } catch let end as TakenBack {
            return end.effect
        }
    }

    /// Ends the transaction without a commit.
    private struct TakenBack: Error {
        let effect: RoleEffect
    }

    private func change(at permit: Permit<SeeStaff>) async throws -> RoleChange {
        if let template {
            guard staff == nil, give == nil, take == nil, role == nil || definition == nil else {
                throw Self.unclear
            }
            return try await change(by: template, at: permit)
        }
        switch (role, definition, staff, give, take) {
        case (nil, let definition?, nil, nil, nil): return .make(try Self.draft(definition, permit))
        case (let role?, let definition?, nil, nil, nil):
            let known: OwnRole = try await permit.clinic.found(OwnRole.withID(role, in: permit.tenant.id))
            return .save(role, definition, title: nil, basedOn: known.version)
        case (let role?, nil, nil, nil, nil): return .retire(role)
        case (nil, nil, let staff?, let wish?, nil): return .give(wish, to: staff)
        case (nil, nil, let staff?, nil, let given?): return .take(given, from: staff)
        default: throw Self.unclear
        }
    }

    private func change(
        by template: ID<RoleTemplate>, at permit: Permit<SeeStaff>
    ) async throws -> RoleChange {
        guard let role else {
            let draft = try Self.draft(definition ?? .nothing, permit)
            return .adopt(
                .init(
                    template: template, role: draft.id, slug: draft.slug, title: nil, definition: definition))
        }
        let known: OwnRole? = try await permit.clinic.row(OwnRole.withID(role, in: permit.tenant.id))
        guard let known, known.template?.template == template else { throw Problem.notFound }
        return .takeUp(role, basedOn: known.version)
    }

    private static var unclear: Problem {
        .invalidInput([
            Complaint(
                pointer: "", code: "one_of",
                detail:
                    "must be `definition`, `role`, `template`, two of them, or `staff` with `give` or `take`")
        ])
    }

    /// A role of a word that nobody has, for as long as the transaction is open.
    private static func draft(_ definition: RoleDefinition, _ permit: Permit<SeeStaff>) throws -> OwnRole {
        let id = ID<OwnRole>.random(at: permit.now)
        guard let slug = Slug(text: id.unique.uuidText) else { throw Problem.notFound }
        return OwnRole(
            id: id, slug: slug, title: slug.text, version: 1, definition: definition,
            savedBy: permit.caller.id, savedAt: permit.now, retiredAt: nil)
    }

    private static func maker(of change: RoleChange, _ permit: Permit<SeeStaff>) throws -> Maker {
        let request = permit.request
        return switch change {
        case .make, .adopt: Maker(try AccessPolicy.permit(MakeRoles.self, for: request))
        case .save, .takeUp: Maker(try AccessPolicy.permit(ChangeRoles.self, for: request))
        case .retire: Maker(try AccessPolicy.permit(RetireRoles.self, for: request))
        case .give, .take: Maker(try AccessPolicy.permit(GiveRoles.self, for: request))
        }
    }
}
