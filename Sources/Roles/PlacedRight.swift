public import Tenancy
public import Vocabulary

/// Where in a clinic a right holds.
public enum Extent: Hashable, Sendable {
    case wholeClinic
    case location(ID<Location>)
    /// For patients in the holder's care, wherever they are.
    case assigned
    /// For the holder's own things.
    case own
    /// For those the holder answers for.
    case ward
    /// For what everybody may see.
    case everyone
    /// For the patient whose record was opened in an emergency.
    case opened

    /// A reach becomes extents when a role is given: one that asks for a location has none when the role was
    /// given for the whole clinic, and so holds in all of it.
    static func all(of reach: Reach, at location: ID<Location>?) -> Set<Extent> {
        var extents: Set<Extent> = []
        if !reach.isDisjoint(with: .wholeClinic) { extents.insert(.wholeClinic) }
        if reach.contains(.location) { extents.insert(location.map(Extent.location) ?? .wholeClinic) }
        if reach.contains(.assigned) { extents.insert(.assigned) }
        if reach.contains(.own) { extents.insert(.own) }
        if reach.contains(.ward) { extents.insert(.ward) }
        if reach.contains(.everyone) { extents.insert(.everyone) }
        if reach.contains(.opened) { extents.insert(.opened) }
        return extents
    }

    /// Whether whoever holds something here holds it there as well. A patient in somebody's care may be seen
    /// at any location, so a location does not cover them.
    func covers(_ other: Extent) -> Bool { self == .wholeClinic || self == other }

    /// As documents name it: `tenant`, `location`, `assigned` …
    public var word: String {
        switch self {
        case .wholeClinic: "tenant"
        case .location: "location"
        case .assigned: "assigned"
        case .own: "own"
        case .ward: "ward"
        case .everyone: "everyone"
        case .opened: "opened"
        }
    }

    /// The location, where it is one.
    public var location: ID<Location>? { if case .location(let id) = self { id } else { nil } }
}

/// A right that somebody holds, with everything that bounds it: what people gain, lose and may pass on.
public struct PlacedRight: Hashable, Sendable {
    /// To do what.
    public let permission: Permission
    /// Where.
    public let extent: Extent
    /// Less what.
    public let limits: Limits
    /// Which parts, where it is a right to a part.
    public let parts: Set<String>
    /// Only while all of these hold.
    public let conditions: Set<Condition>
    /// Until when; nil for good.
    public let until: Instant?

    /// A right with all its bounds.
    public init(
        permission: Permission, extent: Extent, limits: Limits, parts: Set<String>,
        conditions: Set<Condition>, until: Instant?
    ) {
        (self.permission, self.extent, self.limits) = (permission, extent, limits)
        (self.parts, self.conditions, self.until) = (parts, conditions, until)
    }

    /// The whole of it, in the whole clinic.
    public static func everywhere(_ permission: Permission, until end: Instant?) -> PlacedRight {
        PlacedRight(
            permission: permission, extent: .wholeClinic, limits: [], parts: [], conditions: [], until: end)
    }

    /// Whether whoever holds this one gains nothing by the other.
    public func covers(_ other: PlacedRight) -> Bool {
        permission == other.permission && extent.covers(other.extent)
            && limits.isSubset(of: other.limits)
            && (!limits.contains(.part) || parts.isSuperset(of: other.parts))
            && conditions.allSatisfy { mine in other.conditions.contains { $0.implies(mine) } }
            && outlasts(other)
    }

    private func outlasts(_ other: PlacedRight) -> Bool {
        guard let until else { return true }
        return other.until.map { $0 <= until } ?? false
    }

    /// `appointments.create at loc_…`, for people.
    public var words: String {
        var words = permission.name
        switch extent {
        case .location(let location): words += " at \(location.text)"
        case .wholeClinic: break
        default: words += " (\(extent.word))"
        }
        return limits.isEmpty ? words : words + ", " + limits.words.joined(separator: ", ") + " only"
    }
}

extension Set where Element == PlacedRight {
    /// Without what another of them covers.
    public var reduced: Set<PlacedRight> {
        let groups = Dictionary(grouping: self, by: \.permission)
        return Set(
            groups.values.flatMap { rights in
                rights.filter { right in !rights.contains { $0 != right && $0.covers(right) } }
            })
    }

    /// What of these nobody holds who holds the others.
    public func beyond(_ others: Set<PlacedRight>) -> Set<PlacedRight> {
        let known = Dictionary(grouping: others, by: \.permission)
        return filter { right in !(known[right.permission] ?? []).contains { $0.covers(right) } }.reduced
    }
}
