/// A rule of the clinic that a wanted start breaks. The raw value is the complaint's code and never renamed.
public enum StartFlaw: String, CaseIterable, Sendable {
    /// Less notice than the clinic asks for.
    case tooSoon = "too_soon"
    /// Further ahead than the clinic books.
    case beyondHorizon = "beyond_horizon"
    /// The practitioner does not work there all through the visit.
    case outsideHours = "outside_hours"
    /// Within hours, but not where a visit may begin.
    case offStep = "off_step"

    /// One sentence for a person.
    public var words: String {
        switch self {
        case .tooSoon: "begins too soon: this clinic asks for more notice"
        case .beyondHorizon: "is further ahead than this clinic books"
        case .outsideHours: "is not within the practitioner's hours at this location"
        case .offStep: "is not a time at which a visit may begin"
        }
    }
}
