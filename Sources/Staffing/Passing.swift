import Access
import EndpointKit
import Identity
import Roles
import Tenancy
import Vocabulary

/// What somebody may pass on: what they hold themselves; whoever runs the clinic, any role of the clinic's.
struct Passing {
    private let holds: Set<PlacedRight>
    private let plugins: [ClinicPlugin]
    /// Until when they run the clinic, once for each role by which they do.
    private let runsUntil: [Instant?]

    init(_ caller: Caller, at now: Instant, with plugins: [ClinicPlugin]) {
        self.plugins = plugins
        runsUntil = caller.roles.filter { given in
            given.role.house?.givesEveryRole == true && given.location == nil
                && given.until.map { $0 > now } ?? true
        }.map(\.until)
        holds = runsUntil.reduce(into: caller.rights(at: now, with: plugins)) {
            $0.formUnion(Self.everything(until: $1, with: plugins))
        }
    }

    /// What the wish would give that its giver does not hold. What plugins declare that the clinic does not
    /// have allows nothing; that it will is for whoever runs the clinic to answer for.
    func missing(for wanted: Set<PlacedRight>) -> Set<PlacedRight> {
        let dormant = Set(wanted.map(\.permission).filter { !$0.isDeclared(by: plugins) })
        let runs = runsUntil.flatMap { end in dormant.map { PlacedRight.everywhere($0, until: end) } }
        return wanted.beyond(holds.union(runs))
    }

    /// Throws unless the giver holds all of it.
    func check(_ wanted: Set<PlacedRight>) throws(Problem) {
        let missing = missing(for: wanted).inOrder
        guard let first = missing.first else { return }
        let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
        throw Problem(.notAllowed, "Nobody passes on what they do not hold: \(first.words)\(more).")
    }

    /// What any of the clinic's built-in roles allows; and of what a plugin suggests to none of them, how far
    /// it extends is for whoever runs the clinic to say.
    private static func everything(until end: Instant?, with plugins: [ClinicPlugin]) -> Set<PlacedRight> {
        let known = Role.allCases.filter(\.isClinics).reduce(into: Set<PlacedRight>()) { all, role in
            all.formUnion(RoleMatrix.table(of: role).placed(at: nil, until: end, with: plugins))
        }
        return known.union(plugins.suggestedToNobody.map { .everywhere($0, until: end) })
    }
}

extension Caller {
    /// Throws for whoever would change what they hold themselves.
    func mustNotBe(_ person: UniqueID) throws(Problem) {
        guard person != id else { throw Problem(.notAllowed, "Nobody changes what they hold themselves.") }
    }
}
