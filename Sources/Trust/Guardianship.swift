import Identity
public import Records
public import Roles
public import Shapes
public import Vocabulary

/// That somebody answers for a patient: for what, and until when.
public struct Guardianship: Identified, Sendable {
    /// `grd_…`
    public static let idPrefix: StaticString = "grd"
    /// How many a patient can have at a time.
    static let most = 10
    /// How long somebody who is of age can be answered for before it is asked anew.
    static let longest = Duration.seconds(366 * 86_400)

    /// What the guardian is to the patient.
    public enum Relation: String, CaseIterable, WireValue, Sendable {
        case parent, grandparent, relative
        case legalGuardian = "legal_guardian"
        case carer
    }

    /// Names it.
    public let id: ID<Guardianship>
    /// For whom.
    public let ward: ID<Patient>
    /// Who.
    public let guardian: ID<Patient>
    /// What they are to each other.
    public let relation: Relation
    /// For what they answer.
    public let categories: [WardCategory]
    /// From when.
    public let since: Instant
    /// Until when.
    public let until: Instant
    /// Since when somebody does not agree; nil while nobody has said so.
    public var contestedAt: Instant?

    /// Until when somebody can answer for a patient who was born then, by the clinic's wall clock: for a
    /// child until the day on which they are of age, for others a year.
    static func last(for birthDate: Day, ofAge years: Int, at now: Instant, in zone: Zone) -> Instant {
        let majority = zone.instant(of: ClinicTime(birthDate.birthday(after: years), minute: 0))
        return majority > now ? majority : now + longest
    }

    /// Whether somebody who was born then answers for themselves.
    public static func isOfAge(_ birthDate: Day, _ years: Int, at now: Instant, in zone: Zone) -> Bool {
        zone.clinicTime(at: now).day >= birthDate.birthday(after: years)
    }
}

extension Day {
    /// The birthday that many years later; whoever was born on a 29 February has theirs on 1 March.
    func birthday(after years: Int) -> Day {
        let (year, month, day) = civil
        var birthday = self + 365 * years
        while birthday.civil < (year + years, month, day) { birthday = birthday + 1 }
        return birthday
    }
}

extension Guardianship: Output {
    /// The answer's members.
    public static let shape = OutputShape<Guardianship> {
        Out("id", "The guardianship.") { $0.id }
        Out("ward", "For whom.") { $0.ward }
        Out("guardian", "Who.") { $0.guardian }
        Out("relation", "What the guardian is to the patient.") { $0.relation }
        Out("categories", "For what they answer.") { $0.categories }
        Out("since", "From when.") { $0.since }
        Out("until", "Until when; for a child at the latest until they are of age.") { $0.until }
        Out("contested_at", "Since when somebody does not agree; they then look and change nothing.") {
            $0.contestedAt
        }
    }
}

/// Everybody who answers for a patient.
public struct Guardians: Output {
    let ward: ID<Patient>
    let guardians: [Guardianship]

    /// The answer's members.
    public static let shape = OutputShape<Guardians> {
        Out("patient", "The patient.") { $0.ward }
        Out("guardians", "Who answers for them, the longest first.") { $0.guardians }
        Out("conflict", "Whether guardians do not agree.") { $0.guardians.contains { $0.contestedAt != nil } }
    }
}
