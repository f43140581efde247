import EndpointKit
import Roles
import Vocabulary

extension SeparatedDuty {
    /// Throws where a person would come by duties that must be two persons', half of them from one role and
    /// half from another. What one role joins by itself has been judged with that role; what they have come
    /// by already, perhaps by an `old` version of the role, stays.
    static func mustStayApart(
        _ held: [RightTable], with wanted: RightTable, insteadOf old: RightTable? = nil
    ) throws(Problem) {
        let before = held + (old.map { [$0] } ?? [])
        let joined = all.first { $0.isJoined(by: held + [wanted]) && !$0.isJoined(by: before) }
        guard let joined else { return }
        throw .conflict(
            """
            Their roles together would allow one person both: \(joined.words). \
            A role of the clinic's own can leave one of them out.
            """)
    }

    private func isJoined(by tables: [RightTable]) -> Bool {
        guard keeper == .role, !tables.contains(where: { allows(first, $0) && allows(second, $0) }) else {
            return false
        }
        return tables.contains { allows(first, $0) } && tables.contains { allows(second, $0) }
    }

    /// Reading what one did oneself is no office.
    private func allows(_ permissions: [Permission], _ table: RightTable) -> Bool {
        permissions.contains { permission in
            table.rights(to: permission, with: []).contains { $0.reach != .own }
        }
    }
}

extension [GivenRole] {
    /// What those allow that are not over.
    func standing(at now: Instant) -> [RightTable] { filter { !$0.isOver(at: now) }.map(\.table) }
}
