public import Shapes
public import Vocabulary

/// A role that a clinic makes for itself: some of the house's roles, more, less, and under which conditions.
public struct RoleDefinition: Shape, Hashable {
    /// What it begins with: the clinic's own people's roles.
    @Field("The built-in roles that it begins with.", .count(1...5)) public var bases: [Role]
    /// Beside what the bases allow.
    @Field("What it allows besides.", .count(0...80)) public var adds: [AddedRight] = []
    /// Taking out wins over everything.
    @Field("What it does not allow, whatever its bases do.", .count(0...80)) public var removes:
        [Permission] = []
    /// All of them must hold.
    @Field("The conditions under which it holds; all of them must.", .count(0...10)) public var conditions:
        [Condition] = []
    /// However long it was given for.
    @Field("Until when it allows anything; null for good.") public var until: Instant?

    /// Still empty.
    public init() {}

    /// Allows nothing.
    public static let nothing: RoleDefinition = {
        var definition = RoleDefinition()
        definition.bases = []
        return definition
    }()

    /// Only a clinic's roles can be bases, duties that must be two persons' stay apart, and conditions say
    /// something.
    public func check(_ complaints: inout Complaints) {
        for (position, base) in bases.enumerated() where !base.isClinics {
            complaints.add("not_a_clinics", "is not a role that a clinic gives", at: "/bases/\(position)")
        }
        for (position, condition) in conditions.enumerated() {
            guard let flaw = condition.flaw else { continue }
            complaints.add("wrong_form", flaw, at: "/conditions/\(position)/values")
        }
        let table = RightTable(self)
        for duty in SeparatedDuty.all where duty.isJoined(by: table, from: bases) {
            complaints.add("separated_duties", "must not allow one person both: " + duty.words)
        }
    }
}

/// A right that a clinic's role has beside those of its bases.
public struct AddedRight: Shape, Hashable {
    /// Whose things a clinic may let a role extend to.
    public enum ReachWord: String, CaseIterable, WireValue, Sendable {
        case tenant, location, assigned, own
    }

    /// What a clinic may let a role leave out.
    public enum LimitWord: String, CaseIterable, WireValue, Sendable {
        case metadata, deidentified, part, today
    }

    /// To do what.
    @Field("What it allows.") public var permission: Permission
    /// Whose things.
    @Field("Whose things it extends to.") public var reach: ReachWord
    /// Less what.
    @Field("What it leaves out.", .count(0...3)) public var limits: [LimitWord] = []
    /// Which parts, where it is a right to a part.
    @Field("Of a right to a part: which parts it shows.", .count(0...10), .each(.length(1...30))) public
        var parts: [String] = []

    /// Still empty.
    public init() {}

    var right: Right {
        Right(Reach(words: [reach.rawValue]), Limits(words: limits.map(\.rawValue)), parts: parts)
    }
}
