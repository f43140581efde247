public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes an invitation back.
public struct RevokeInvitation: Endpoint {
    /// `DELETE /v1/invitations/{invitation}`
    public static let route = Route.delete("/v1/invitations/{invitation}")
    /// What it does.
    public static let summary = "Take an invitation back: its link opens nothing from then on."
    /// What a caller must know.
    public static let details =
        "That it was sent stays known for a year. One that was accepted or revoked is a conflict."
    /// Whoever takes people on.
    public static let access = Access<Permit<InviteStaff>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("invitation")
    /// It may be gone, or accepted.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The invitation.") var invitation: ID<Invitation>

    /// Inputs still empty.
    public init() {}

    /// The row stays for a year.
    public func respond(to permit: Permit<InviteStaff>) async throws -> NoContent {
        guard let person = permit.caller.staffMember else { throw Problem.notAllowed }
        try await permit.clinic.write { clinic in
            let _: Invitation = try await clinic.found(
                Invitation.withID(invitation, within: permit.locations, in: clinic.tenant))
            let revoked = try await clinic.run(
                Invitation.revoke(invitation, by: person, at: permit.now, in: clinic.tenant))
            guard revoked == 1 else { throw Problem.conflict("It was accepted or revoked.") }
            let event = AuditEvent(InviteStaff.permission, of: "invitation", invitation.unique)
            AuditTrail.record(event, by: permit, in: clinic)
        }
        return NoContent()
    }
}
