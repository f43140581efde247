public import Access
import Database
public import EndpointKit
import Identity
import JSON
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Sends an invitation again.
public struct ResendInvitation: Endpoint {
    /// `POST /v1/invitations/{invitation}/resend`
    public static let route = Route.post("/v1/invitations/{invitation}/resend")
    /// What it does.
    public static let summary =
        "Send an invitation again, with another link; the one before opens nothing any more."
    /// What a caller must know.
    public static let details = """
        It is good again for as long as the clinic has invitations be, one that was over too. One that was accepted or revoked is a \
        conflict.
        """
    /// Whoever takes people on.
    public static let access = Access<Equipped<Permit<InviteStaff>, InvitationParts>>.permitted()
    /// Each sends a message.
    public static let limit = Limit.perCaller(60, per: .seconds(3600))
    /// Who did it is kept.
    public static let audit = Audit.changes("invitation")
    /// It may have been accepted or revoked.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The invitation.") var invitation: ID<Invitation>

    /// Inputs still empty.
    public init() {}

    /// One that was over is open again.
    public func respond(
        to request: Equipped<Permit<InviteStaff>, InvitationParts>
    ) async throws -> ShownInvitation {
        let (permit, parts) = (request.request, request.tool)
        let seen = Invitation.withID(invitation, within: permit.locations, in: permit.tenant.id)
        let known: Invitation = try await permit.clinic.found(seen)
        let channel = try await parts.channel(to: known.address, of: permit.clinic)
        let end = permit.now + Invitation.lifetime(under: permit.tenant.configuration)
        return try await permit.write { clinic in
            let sent: Invitation? = try await clinic.row(
                Invitation.resend(invitation, link: .random(at: permit.now), until: end, in: clinic.tenant))
            guard let sent else { throw Problem.conflict("It was accepted or revoked.") }
            parts.send(sent, by: channel, at: permit.now, in: clinic)
            let event = AuditEvent(InviteStaff.permission, of: "invitation", invitation.unique)
            AuditTrail.record(event, by: permit, in: clinic)
            let lines: [InvitationLine] = try await clinic.rows(
                InvitationLine.all(of: [sent.id], in: clinic.tenant))
            return ShownInvitation(invitation: [sent].with(lines).first ?? sent, now: permit.now)
        }
    }
}
