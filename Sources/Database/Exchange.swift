import CLibPQ

/// Statements that leave in one network write and end in one Sync: the server runs them in order, and after
/// the first refusal runs none of the rest.
///
/// What is done with the answers is the subclass's affair.
class Exchange {
    /// What the server will answer, in order.
    enum Expectation {
        case preparation(StatementKey, of: Int)
        case deallocation(Int)
        case execution(Int)
    }

    let statements: [SQL]
    /// Whether the last statement is the COMMIT. Otherwise the Sync commits, unless a BEGIN has been sent.
    let endsInCommit: Bool
    /// When the connection is given up if the server has not answered; milliseconds of the loop's clock.
    let deadline: UInt64
    /// Filled by the connection that sends the statements.
    final var expectations: [Expectation] = []
    final var answered = 0
    private(set) final var refusedIndex: Int?

    init(_ statements: [SQL], deadline: UInt64, endsInCommit: Bool = false) {
        (self.statements, self.deadline, self.endsInCommit) = (statements, deadline, endsInCommit)
        expectations.reserveCapacity(statements.count + 2)
    }

    /// The server had not come to the commit when it said what it said last, or never will.
    final var isBeforeCommit: Bool {
        if refusedIndex != nil { return true }
        guard answered < expectations.count else { return false }
        guard endsInCommit, case .execution(let index) = expectations[answered] else { return true }
        return index < statements.count - 1
    }

    /// The next expectation; nil when only the Sync is left.
    final func nextExpectation() -> Expectation? {
        guard answered < expectations.count else { return nil }
        defer { answered += 1 }
        return expectations[answered]
    }

    final func refuse(_ index: Int, _ error: DatabaseError) {
        guard refusedIndex == nil else { return }
        refusedIndex = index
        refused(index, error)
    }

    final func skip(_ index: Int) {
        if index != refusedIndex { skipped(index) }
    }

    /// A statement was run; the answer's memory is now the receiver's.
    func answered(_ index: Int, _ answer: Answer) { PQclear(answer.result) }

    /// The server refused a statement. An index past the end: it refused to commit.
    func refused(_ index: Int, _ error: DatabaseError) {}

    /// A statement was not run, because an earlier one was refused.
    func skipped(_ index: Int) {}

    /// The Sync was answered: whatever was not in an explicit transaction is committed or undone.
    func finished() {}

    /// The connection is gone and with it every answer not yet received. `isUndone` is true only if it is
    /// certain that nothing of it was committed, nor will be.
    func lost(isUndone: Bool) {}
}
