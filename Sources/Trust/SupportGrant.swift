public import Identity
public import Roles
public import Shapes
public import Vocabulary

/// That a clinic lets somebody of the platform in: to look at what, and until when.
public struct SupportGrant: Identified, Sendable {
    /// `spg_…`
    public static let idPrefix: StaticString = "spg"
    /// For how many minutes it can be.
    static let minutes = 5...120
    /// For how many it is where nobody says.
    static let usualMinutes = 60

    /// Names it; lines of the trail that owe themselves to it say so.
    public let id: ID<SupportGrant>
    /// Who is let in.
    public let agent: ID<SupportAgent>
    /// What they are called.
    public let agentName: String
    /// By whose word.
    public let givenBy: ID<StaffMember>
    /// What they may look at.
    public let areas: [SupportArea]
    /// Whether they may change some of it.
    public let mayWrite: Bool
    /// Why.
    public let reason: String
    /// From when.
    public let beganAt: Instant
    /// Until when at the latest.
    public let endsAt: Instant
    /// When they first came in.
    public var enteredAt: Instant?
    /// When it was over.
    public var endedAt: Instant?
    /// Who ended it before its time.
    public var endedBy: ID<StaffMember>?

    static func path(of id: ID<SupportGrant>) -> String { "/v1/support-grants/\(id.text)" }

    func isOpen(at now: Instant) -> Bool { endedAt == nil && now < endsAt }
}

extension SupportGrant: Output {
    /// The answer's members.
    public static let shape = OutputShape<SupportGrant> {
        Out("id", "The support grant.") { $0.id }
        Out("agent", "Who is let in.") { $0.agent }
        Out("agent_name", "What they are called.", example: "Ines Duarte") { $0.agentName }
        Out("given_by", "By whose word.") { $0.givenBy }
        Out("areas", "What they may look at.", example: [.configuration]) { $0.areas }
        Out("may_write", "Whether they may change some of it.") { $0.mayWrite }
        Out("reason", "Why.", example: "Reminders leave with the wrong hour since Monday.") { $0.reason }
        Out("began_at", "From when.") { $0.beganAt }
        Out("ends_at", "Until when at the latest.") { $0.endsAt }
        Out("entered_at", "When they first came in; null until then.") { $0.enteredAt }
        Out("ended_at", "When it was over; null until then.") { $0.endedAt }
        Out("ended_by", "Who ended it before its time; null where nobody did.") { $0.endedBy }
    }
}
