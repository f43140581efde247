public import Shapes
public import Vocabulary

/// What a clinic says about one of its places.
public struct LocationConfiguration: Shape {
    /// Never renamed: rows are found by it.
    @Field("The word that names the location.") public var slug: Slug
    /// As patients call it.
    @Field("What patients call the location.", .length(1...200)) public var name: String
    /// The clinic's, if none is named.
    @Field("The IANA time zone, if it is not the clinic's.", .zone) public var zone: String?
    /// Where patients go.
    @Field("Where it is.") public var address = Address()
    /// If it has its own.
    @Field("Telephone, with the country's code.", .phone) public var phone: String?
    /// When its doors are open.
    @Field("When it is open.") public var hours = WeekHours()
    /// Rooms, equipment and seats.
    @Field("What visits can take there.", .count(0...500)) public var things: [ThingConfiguration] = []
    /// Laid on the clinic's rules, member by member.
    @Field("Where its rules of booking differ from the clinic's.")
    public var booking = AppointmentConfiguration()

    /// A place without a name.
    public init() {}

    /// What can be reserved must be told apart.
    public func check(_ complaints: inout Complaints) {
        for (position, thing) in things.enumerated()
        where things[..<position].contains(where: { $0.key == thing.key }) {
            complaints.add("not_unique", "is another thing's label", at: "/things/\(position)/label")
        }
    }
}

/// Where a location is, the way people write it down there.
public struct Address: Shape {
    /// Street and house, the way they are written.
    @Field("The lines above the town.", .count(0...5)) public var lines: [String] = []
    /// Town or village.
    @Field("Town.", .length(1...120)) public var town: String?
    /// State, county, emirate.
    @Field("State, county or the like.", .length(1...120)) public var region: String?
    /// Its form is the country's affair.
    @Field("Postal code.", .length(1...20)) public var postalCode: String?

    /// Nowhere yet.
    public init() {}
}

/// Something at a location that a visit can take.
public struct ThingConfiguration: Shape {
    /// What kind of thing.
    public enum Kind: String, CaseIterable, WireValue { case room, equipment, seat }

    /// What kind of thing.
    @Field("Room, equipment or seat.") public var kind: Kind
    /// By which visit types find it.
    @Field("What it is good for, in the word that visit types use.") public var tag: Slug
    /// As the sign on the door says.
    @Field("What it is called.", .length(1...120)) public var label: String
    /// More than one for a gym or a group room.
    @Field("How many can use it at once.", .within(1...500)) public var capacity = 1

    /// Nothing yet.
    public init() {}

    var key: String { "\(kind) \(tag) \(label)" }
}
