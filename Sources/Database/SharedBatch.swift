import CLibPQ
import Vocabulary

/// Statements of several requests, each preceded by its tenant: none runs under a neighbour's.
class SharedBatch: Exchange {
    /// Whose each statement is; nobody's are locks and tenants.
    final let requests: [SharedRequest?]
    /// Whether all of it belongs to one request.
    final let isAlone: Bool
    final unowned let lane: SharedLane

    init(_ batch: [SharedRequest], for lane: SharedLane) {
        var (statements, requests): ([SQL], [SharedRequest?]) = ([], [])
        statements.reserveCapacity(2 * batch.count + 1)
        requests.reserveCapacity(2 * batch.count + 1)
        func add(_ sql: SQL, _ request: SharedRequest?) {
            statements.append(sql)
            requests.append(request)
        }
        // All locks first and in one order, so that two batches never wait for each other.
        let locks = batch.flatMap(\.locks)
        if !locks.isEmpty { add(.lock(locks), nil) }
        var (tenant, isFirst): (TenantID?, Bool) = (nil, true)
        for request in batch {
            if isFirst || request.tenant != tenant {
                add(.confine(to: request.tenant), nil)
                (tenant, isFirst) = (request.tenant, false)
            }
            add(request.first, request)
            for other in request.others { add(other, request) }
        }
        (self.requests, self.lane, isAlone) = (requests, lane, batch.count == 1)
        super.init(statements, deadline: batch[0].deadline)
    }

    override func answered(_ index: Int, _ answer: Answer) {
        if requests[index]?.answer(answer) != true { PQclear(answer.result) }
    }

    override func refused(_ index: Int, _ error: DatabaseError) {
        guard index < requests.count, let request = requests[index] else { return }
        if error.state?.isStale == true { lane.retry(request, or: error) } else { request.fail(error) }
    }

    override func skipped(_ index: Int) {
        if let request = requests[index] { lane.retry(request, or: .away) }
    }

    override func finished() { lane.flush() }

    override func lost(isUndone: Bool) { again() }

    /// Every request that still wants its answer goes once more.
    final func again() {
        for (index, request) in requests.enumerated() where isFirst(index) {
            if let request { lane.retry(request, or: .away) }
        }
    }

    /// Whether this is a request's first statement.
    final func isFirst(_ index: Int) -> Bool {
        guard let request = requests[index] else { return false }
        return index == 0 || requests[index - 1] !== request
    }
}

/// Requests that write: one transaction, so their answers are handed out when it is committed.
///
/// What is refused undoes the neighbours' work too, and may have been refused because of it. So nobody is
/// told of a refusal that was met in company: each request goes again, alone, and believes what it hears
/// then.
final class CommittedBatch: SharedBatch {
    /// The answer to each request's first statement, kept until the commit.
    private var answers: [(index: Int, answer: Answer)] = []

    override func answered(_ index: Int, _ answer: Answer) {
        if isFirst(index) { answers.append((index, answer)) } else { PQclear(answer.result) }
    }

    override func refused(_ index: Int, _ error: DatabaseError) {
        // What only has to be prepared anew goes again as well.
        guard isAlone, error.state?.isStale != true else { return }
        for case let request? in requests { request.fail(error) }
    }

    override func skipped(_ index: Int) {}

    override func finished() {
        let isUndone = refusedIndex != nil
        for (index, answer) in takeAnswers() {
            if isUndone || requests[index]?.answer(answer) != true { PQclear(answer.result) }
        }
        if isUndone { again() }
        super.finished()
    }

    /// What may have been committed must not be written twice.
    override func lost(isUndone: Bool) {
        for (_, answer) in takeAnswers() { PQclear(answer.result) }
        if isUndone { return again() }
        for case let request? in requests { request.fail(DatabaseError.commitUnknown) }
    }

    private func takeAnswers() -> [(index: Int, answer: Answer)] {
        defer { answers = [] }
        return answers
    }
}
