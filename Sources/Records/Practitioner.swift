public import Tenancy
public import Vocabulary

/// A staff member whom patients can book.
public struct Practitioner: Identified, Sendable {
    /// `prc_…`
    public static let idPrefix: StaticString = "prc"

    /// Also the id of the resource that appointments take.
    public let id: ID<Practitioner>
    /// The staff member's name.
    public let name: String
    /// What they are known for, in the clinic's words.
    public let specialty: String?
    /// When they work, and where.
    public let hours: [LocalHours]
}

/// Weekly hours at a place.
public struct LocalHours: Hashable, Sendable {
    /// Where.
    public let location: ID<Location>
    /// When.
    public let hours: WeeklyHours

    /// Those hours there.
    public init(_ hours: WeeklyHours, at location: ID<Location>) {
        (self.hours, self.location) = (hours, location)
    }
}
