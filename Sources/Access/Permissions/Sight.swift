import Identity
import Roles
public import Shapes
import Vocabulary

/// What a permit shows of which rows.
///
/// A caller may hold one right to everything of their own patients and another one to a few members of
/// everybody: then it depends on the row which members they see. Each view is such a right.
public struct Sight: Sendable {
    /// Rows, and what of them is left out.
    public struct View: Sendable {
        /// The rows.
        public let reach: PatientReach
        /// What of them is not shown.
        public let hidden: HiddenMembers
    }

    /// The views, one at least.
    public let views: [View]
    /// The rows of all views together.
    public let reach: PatientReach

    init(_ views: [View], together reach: PatientReach) { (self.views, self.reach) = (views, reach) }

    init<Root>(_ rights: [HeldRight], _ request: CallerRequest, of shape: OutputShape<Root>) {
        reach = PatientReach(rights, request)
        let plain = rights.filter { $0.limits.isDisjoint(with: .members) }
        guard plain.count < rights.count else {
            views = [View(reach: reach, hidden: HiddenMembers())]
            return
        }
        // Of rights that show the same parts one view is made: together they may reach everything.
        let groups = Dictionary(grouping: rights) { right in
            right.limits.isDisjoint(with: .members)
                ? HiddenMembers() : shape.hidden(exceptParts: right.parts)
        }
        views = groups.map { View(reach: PatientReach($1, request), hidden: $0) }
    }

    /// Whether every row is shown with all its members.
    public var isWhole: Bool { views.allSatisfy(\.hidden.isEmpty) }

    /// What is not shown of a row that these views reach, each a bit in their order.
    public func hidden(inViews bits: Int32) -> HiddenMembers {
        let reaching = views.enumerated().filter { bits & 1 << Int32($0.offset) != 0 }.map(\.element.hidden)
        guard let first = reaching.first else { return .all }
        return reaching.dropFirst().reduce(first) { $0.intersection($1) }
    }
}
