import Access
import EndpointKit
import Identity
import Roles
import Vocabulary

/// What somebody may pass on: what they hold themselves; whoever runs the clinic, any role of the clinic's.
struct Passing {
    private let holds: Set<PlacedRight>

    init(_ caller: Caller, at now: Instant) {
        var holds = caller.rights(at: now)
        for given in caller.roles where given.until.map({ $0 > now }) ?? true {
            guard given.role.house?.givesEveryRole == true, given.location == nil else { continue }
            holds.formUnion(Self.everything(until: given.until))
        }
        self.holds = holds
    }

    /// What the wish would give that its giver does not hold.
    func missing(for wanted: Set<PlacedRight>) -> Set<PlacedRight> { wanted.beyond(holds) }

    /// Throws unless the giver holds all of it.
    func check(_ wanted: Set<PlacedRight>) throws(Problem) {
        let missing = missing(for: wanted).inOrder
        guard let first = missing.first else { return }
        let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
        throw Problem(.notAllowed, "Nobody passes on what they do not hold: \(first.words)\(more).")
    }

    private static func everything(until end: Instant?) -> Set<PlacedRight> {
        Role.allCases.filter(\.isClinics).reduce(into: []) { all, role in
            all.formUnion(RoleMatrix.table(of: role).placed(at: nil, until: end))
        }
    }
}

extension Caller {
    /// Throws for whoever would change what they hold themselves.
    func mustNotBe(_ person: UniqueID) throws(Problem) {
        guard person != id else { throw Problem(.notAllowed, "Nobody changes what they hold themselves.") }
    }
}
