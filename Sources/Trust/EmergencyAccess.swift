public import Identity
public import Records
public import Shapes
public import Vocabulary

/// One time that somebody opened a patient's record in an emergency, and what somebody else thinks of it.
public struct EmergencyAccess: Identified, Sendable {
    /// `emg_…`
    public static let idPrefix: StaticString = "emg"
    /// How many judgements that are overdue somebody may owe before they open no more.
    static let mostOverdue = 1

    /// Why it had to be.
    public enum Reason: String, CaseIterable, WireValue, Sendable {
        case lifeThreat = "life_threat"
        case urgentCare = "urgent_care"
        case cannotSpeak = "cannot_speak"
        case colleagueAway = "colleague_away"
        case safety
    }

    /// What somebody else thinks of it.
    public enum Verdict: String, CaseIterable, WireValue, Sendable {
        case justified, unjustified, inconclusive
    }

    /// Names it; lines of the trail that owe themselves to it say so.
    public let id: ID<EmergencyAccess>
    /// Who opened it.
    public let staff: ID<StaffMember>
    /// As what.
    public let role: String
    /// Whose record.
    public let patient: ID<Patient>
    /// Why.
    public let reason: Reason
    /// The same in their words.
    public let words: String
    /// From when.
    public let beganAt: Instant
    /// Until when at the latest.
    public let endsAt: Instant
    /// When they closed it themselves.
    public var endedAt: Instant?
    /// By when somebody else looks at it.
    public let reviewDueAt: Instant
    /// What they think of it.
    public var review: Review?
    /// When the patient was told, or whoever answers for them.
    public var toldAt: Instant?

    /// What somebody else thinks of it.
    public struct Review: Sendable {
        /// Whether it had to be.
        public let verdict: Verdict
        /// In their words.
        public let words: String
        /// Who.
        public let by: ID<StaffMember>
        /// When.
        public let at: Instant
    }

    static func path(of id: ID<EmergencyAccess>) -> String { "/v1/emergency-access/\(id.text)" }
}

extension EmergencyAccess: Output {
    /// The answer's members.
    public static let shape = OutputShape<EmergencyAccess> {
        Out("id", "The emergency.") { $0.id }
        Out("staff", "Who opened the record.") { $0.staff }
        Out("role", "As what.", example: "doctor") { $0.role }
        Out("patient", "Whose record.") { $0.patient }
        Out("reason", "Why.") { $0.reason }
        Out("words", "The same in their words.", example: "Unconscious after a fall in the hall.") {
            $0.words
        }
        Out("began_at", "From when.") { $0.beganAt }
        Out("ends_at", "Until when at the latest.") { $0.endsAt }
        Out("ended_at", "When it was closed before that.") { $0.endedAt }
        Out("review_due_at", "By when somebody else looks at it.") { $0.reviewDueAt }
        Out("verdict", "What they think of it; null until then.") { $0.review?.verdict }
        Out("review_words", "The same in their words.", example: "She could not wait.") { $0.review?.words }
        Out("reviewed_by", "Who.") { $0.review?.by }
        Out("reviewed_at", "When.") { $0.review?.at }
        Out(
            "patient_told_at",
            "When the patient was told of it, or whoever answers for them; null until then."
        ) {
            $0.toldAt
        }
    }
}
