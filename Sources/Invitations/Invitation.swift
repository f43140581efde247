public import Identity
import Roles
public import Shapes
public import SignIn
public import Staffing
import Tenancy
public import Vocabulary

/// Somebody who is to work here, until they do.
public struct Invitation: Identified, Sendable {
    /// `inv_…`
    public static let idPrefix: StaticString = "inv"
    /// How many may be open at a clinic.
    static let most = 500
    /// How many roles one may give.
    static let rolesMost = 5

    /// Where it stands.
    public enum Stage: String, CaseIterable, WireValue, Sendable {
        case open, accepted, revoked, expired
    }

    /// Names the invitation.
    public let id: ID<Invitation>
    /// What opens it now; sending it again makes another.
    let link: UniqueID
    /// What patients will call them.
    public let name: String
    /// Where the link is sent.
    public let address: Identifier
    /// In which languages it is written to.
    let languages: [String]
    /// Who invites.
    public let invitedBy: ID<StaffMember>
    /// When.
    public let invitedAt: Instant
    /// How often it was sent.
    public let timesSent: Int32
    /// Until when the link is good.
    public let expiresAt: Instant
    /// When it was accepted.
    public let acceptedAt: Instant?
    /// Who they are now.
    public let acceptedBy: ID<StaffMember>?
    /// When it was taken back.
    public let revokedAt: Instant?
    /// As what they are invited.
    public internal(set) var roles = PromisedRoles([], own: [])

    /// Where it stands at that moment.
    func stage(at now: Instant) -> Stage {
        if acceptedAt != nil { return .accepted }
        if revokedAt != nil { return .revoked }
        return expiresAt > now ? .open : .expired
    }

    static func path(of id: ID<Invitation>) -> String { "/v1/invitations/\(id.text)" }
}

/// An invitation as it stands when somebody looks.
public struct ShownInvitation: Output {
    let invitation: Invitation
    let now: Instant

    /// The answer's members.
    public static let shape = OutputShape<ShownInvitation> {
        Out("id", "The invitation.") { $0.invitation.id }
        Out("name", "What patients will call them.", example: "Nisha Rao") { $0.invitation.name }
        Out("address", "Where the link is sent.", example: "nisha@example.org") { $0.invitation.address.text }
        Out("roles", "As what they are invited.") { $0.invitation.roles.wishes }
        Out("stage", "Where it stands.") { $0.invitation.stage(at: $0.now) }
        Out("invited_by", "Who invites.") { $0.invitation.invitedBy }
        Out("invited_at", "When.") { $0.invitation.invitedAt }
        Out("times_sent", "How often it was sent.", example: 1) { $0.invitation.timesSent }
        Out("expires_at", "Until when the link is good.") { $0.invitation.expiresAt }
        Out("accepted_at", "When it was accepted.") { $0.invitation.acceptedAt }
        Out("accepted_by", "Who they are now.") { $0.invitation.acceptedBy }
        Out("revoked_at", "When it was taken back.") { $0.invitation.revokedAt }
    }
}
