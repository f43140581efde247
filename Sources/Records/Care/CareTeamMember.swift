public import Identity
public import Shapes
public import Vocabulary

/// Somebody of the staff in whose care a patient is, whether or not they are booked with each other.
public struct CareTeamMember: Identified, Sendable {
    /// `ctm_…`
    public static let idPrefix: StaticString = "ctm"
    /// How many a patient's team has at most.
    static let most = 50

    /// Names the membership.
    public let id: ID<CareTeamMember>
    /// Who.
    public let staff: ID<StaffMember>
    /// From when.
    public let since: Instant
    /// Until when; nil until somebody takes them off.
    public let until: Instant?
    /// Who said so.
    public let addedBy: ID<StaffMember>
}

extension CareTeamMember: Output {
    /// The answer's members.
    public static let shape = OutputShape<CareTeamMember> {
        Out("id", "The membership.") { $0.id }
        Out("staff", "Who.") { $0.staff }
        Out("since", "From when.") { $0.since }
        Out("until", "Until when; null until somebody takes them off.") { $0.until }
        Out("added_by", "Who said so.") { $0.addedBy }
    }
}

/// All in whose care a patient is by being on the team.
public struct CareTeam: Output {
    let patient: ID<Patient>
    let members: [CareTeamMember]

    /// The answer's members.
    public static let shape = OutputShape<CareTeam> {
        Out("patient", "The patient.") { $0.patient }
        Out("members", "Who is on the team now or will be, the longest first.") { $0.members }
    }
}
