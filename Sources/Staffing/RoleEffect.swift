import Identity
import Roles
public import Shapes
import Tenancy
import Vocabulary

/// What a change gives and takes.
public struct RoleEffect: Output {
    /// What one person gains and loses.
    public struct Felt: Output {
        let person: Colleague
        let gains: [PlacedRight]
        let loses: [PlacedRight]

        /// The answer's members.
        public static let shape = OutputShape<Felt> {
            Out("staff", "Who.") { $0.person.id }
            Out("name", "What patients call them.", example: "Asha Patil") { $0.person.name }
            Out("gains", "What they could do that they cannot do now.") { $0.gains }
            Out("loses", "What they could not do any more.") { $0.loses }
        }
    }

    let allows: [PlacedRight]
    let people: [Felt]

    init(_ outcome: RoleChange.Outcome, at now: Instant, with plugins: [ClinicPlugin]) {
        let role = outcome.role.map { $0.table.placed(at: nil, until: nil, with: plugins) }
        allows = (role ?? outcome.given?.placed(with: plugins) ?? []).inOrder
        let later = Dictionary(outcome.after.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        people = outcome.before.compactMap { before in
            let had = before.standing(at: now, with: plugins)
            let has = later[before.id]?.standing(at: now, with: plugins) ?? []
            let (gains, loses) = (has.beyond(had), had.beyond(has))
            guard !gains.isEmpty || !loses.isEmpty else { return nil }
            return Felt(person: before, gains: gains.inOrder, loses: loses.inOrder)
        }
    }

    /// The answer's members.
    public static let shape = OutputShape<RoleEffect> {
        Out("allows", "What the role allows that is made, changed, given or taken.") { $0.allows }
        Out("people", "Everybody who gains or loses by it.") { $0.people }
    }
}
