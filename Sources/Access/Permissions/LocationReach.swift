import Roles
public import Tenancy
public import Vocabulary

/// At which of the clinic's locations a permit holds.
public enum LocationReach: Hashable, Sendable {
    /// At all of them.
    case everywhere
    /// At these.
    case only(Set<ID<Location>>)

    /// Where these rights hold together, each for whatever reason it holds.
    init(_ rights: [HeldRight]) {
        var locations: Set<ID<Location>> = []
        for right in rights {
            guard right.reach.isDisjoint(with: Self.wholeClinic) else {
                self = .everywhere
                return
            }
            guard right.reach.contains(.location) else { continue }
            guard let location = right.location else {
                self = .everywhere
                return
            }
            locations.insert(location)
        }
        self = .only(locations)
    }

    private static let wholeClinic: Reach = [.platform, .organisation, .tenant, .everyone]

    /// Whether it holds at this one.
    public func contains(_ location: ID<Location>) -> Bool {
        switch self {
        case .everywhere: true
        case .only(let locations): locations.contains(location)
        }
    }
}
