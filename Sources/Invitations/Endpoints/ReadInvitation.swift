public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Shows who is invited as what.
public struct ReadInvitation: Endpoint {
    /// `GET /v1/invitations/{invitation}`
    public static let route = Route.get("/v1/invitations/{invitation}")
    /// What it does.
    public static let summary = "Read who is invited as what, and where that stands."
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeInvitations>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// There may be none.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The invitation.") var invitation: ID<Invitation>

    /// Inputs still empty.
    public init() {}

    /// The link is not part of it.
    public func respond(to permit: Permit<SeeInvitations>) async throws -> ShownInvitation {
        let tenant = permit.tenant.id
        let found: Invitation = try await permit.clinic.found(
            Invitation.withID(invitation, within: permit.locations, in: tenant))
        let lines: [InvitationLine] = try await permit.clinic.rows(
            InvitationLine.all(of: [invitation], in: tenant))
        return ShownInvitation(invitation: [found].with(lines).first ?? found, now: permit.now)
    }
}
