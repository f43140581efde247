public import Identity
public import Roles
public import Shapes
public import Tenancy
public import Vocabulary

/// Somebody's wish for a role, until somebody else has decided on it.
public struct RoleRequest: Identified, Sendable {
    /// `arq_…`
    public static let idPrefix: StaticString = "arq"
    /// How many of one person's may wait at a time.
    static let mostWaiting = 5
    /// How long such a role may be held at most.
    static let longest = Duration.seconds(366 * 86_400)

    /// Where it stands.
    public enum Stage: String, CaseIterable, Sendable {
        case asked, approved, declined
    }

    /// Names the request.
    public let id: ID<RoleRequest>
    /// Who asks.
    public let staff: ID<StaffMember>
    /// For which role.
    public let role: RoleName
    /// Where; nil for the whole clinic.
    public let location: ID<Location>?
    /// Until when.
    public let until: Instant
    /// Why, in their words.
    public let reason: String
    /// Where it stands.
    public let stage: Stage
    /// Since when it waits.
    public let askedAt: Instant
    /// Who decided.
    public let decidedBy: ID<StaffMember>?
    /// When.
    public let decidedAt: Instant?
    /// Why, in the words of who decided.
    public let answer: String?

    /// What is wished for.
    var wish: RoleToGive {
        var wish = RoleToGive()
        (wish.role, wish.location, wish.until) = (role, location, until)
        return wish
    }

    static func path(of id: ID<RoleRequest>) -> String { "/v1/access/requests/\(id.text)" }
}

extension RoleRequest.Stage: WireValue {}

extension RoleRequest: Output {
    /// The answer's members.
    public static let shape = OutputShape<RoleRequest> {
        Out("id", "The request.") { $0.id }
        Out("staff", "Who asks.") { $0.staff }
        Out("role", "For which role.", example: "receptionist") { $0.role.text }
        Out("location", "Where; null for the whole clinic.") { $0.location }
        Out("until", "Until when.") { $0.until }
        Out("reason", "Why.", example: "Asha is on leave.") { $0.reason }
        Out("stage", "Where it stands.") { $0.stage }
        Out("asked_at", "Since when it waits.") { $0.askedAt }
        Out("decided_by", "Who decided.") { $0.decidedBy }
        Out("decided_at", "When.") { $0.decidedAt }
        Out("answer", "Why it was decided so.") { $0.answer }
    }
}
