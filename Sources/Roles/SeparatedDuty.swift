import Vocabulary

/// Two duties that must not be one person's.
public struct SeparatedDuty: Sendable {
    /// What keeps them apart.
    public enum Keeper: String, Sendable {
        /// No role of a clinic's own may join them; those of the house are as the matrix has them.
        case role
        /// Whoever did the one may not do the other to the same thing.
        case deed
    }

    /// For people.
    public let words: String
    /// What keeps them apart.
    public let keeper: Keeper
    /// Either of these …
    public let first: [Permission]
    /// … and either of those.
    public let second: [Permission]

    /// What the specification keeps apart.
    public static let all: [SeparatedDuty] = [
        SeparatedDuty(
            words: "asking for a refund and approving it", keeper: .role,
            first: [Permission(.create, .refunds)], second: [Permission(.approve, .refunds)]),
        SeparatedDuty(
            words: "signing a prescription and dispensing it", keeper: .role,
            first: [Permission(.approve, .prescriptions)],
            second: [Permission(.create, .stock), Permission(.update, .stock)]),
        SeparatedDuty(
            words: "reading the audit trail and changing roles", keeper: .role,
            first: [Permission(.read, .audit)],
            second: [
                Permission(.create, .staff), Permission(.update, .staff), Permission(.void, .staff),
            ]),
        SeparatedDuty(
            words: "asking for a role and approving it", keeper: .deed, first: [],
            second: [Permission(.update, .staff)]),
    ]

    /// Whether a clinic's role joins what none of its bases joins by itself.
    func isJoined(by table: RightTable, from bases: [Role]) -> Bool {
        keeper == .role && joins(table) && !bases.contains { joins(RoleMatrix.table(of: $0)) }
    }

    private func joins(_ table: RightTable) -> Bool {
        first.contains { !table[$0].isEmpty } && second.contains { !table[$0].isEmpty }
    }
}
