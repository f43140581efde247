/// A finding that the house lives with for now, and why.
struct Debt {
    let path: String
    let rule: HouseRule
    /// How many findings of the rule the file may have: exactly as many, so that the list only shrinks.
    let count: Int
    let reason: String
}

/// What is owed. An entry that is no longer used fails the tests, as does a new finding.
let debts: [Debt] = []

/// What remains of the findings when the debts are taken off, and the debts that no longer hold.
func settle(_ findings: [Finding], against debts: [Debt]) -> (open: [Finding], stale: [String]) {
    var open = findings
    var stale: [String] = []
    for debt in debts {
        let owed = open.filter { $0.path == debt.path && $0.rule == debt.rule }
        if owed.count <= debt.count { open.removeAll { $0.path == debt.path && $0.rule == debt.rule } }
        if owed.count < debt.count {
            stale.append(
                "\(debt.path): \(debt.rule.rawValue): \(debt.count) owed, \(owed.count) found"
            )
        }
    }
    return (open, stale)
}
