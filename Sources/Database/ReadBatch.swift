import CLibPQ
import Vocabulary

/// Reads of several requests, each preceded by its tenant: no statement runs under a neighbour's.
class ReadBatch: Exchange {
    final let requests: [ReadRequest?]
    final unowned let lane: ReadLane

    init(_ batch: [ReadRequest], for lane: ReadLane) {
        var (statements, requests): ([SQL], [ReadRequest?]) = ([], [])
        statements.reserveCapacity(2 * batch.count)
        requests.reserveCapacity(2 * batch.count)
        var (tenant, isFirst): (TenantID?, Bool) = (nil, true)
        for request in batch {
            if isFirst || request.tenant != tenant {
                statements.append(.confine(to: request.tenant))
                requests.append(nil)
                (tenant, isFirst) = (request.tenant, false)
            }
            statements.append(request.sql)
            requests.append(request)
            guard let line = request.line else { continue }
            statements.append(line)
            requests.append(request)
        }
        (self.requests, self.lane) = (requests, lane)
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

    override func lost(wasSent: Bool) {
        for case let request? in requests { lane.retry(request, or: .away) }
    }
}

/// Reads that each write a line: one transaction, so their answers are handed out when it is committed.
final class RecordedBatch: ReadBatch {
    /// Each answer with the index of its statement, kept until the commit.
    private var answers: [(index: Int, answer: Answer)] = []

    override func answered(_ index: Int, _ answer: Answer) {
        // The statement after a read is its line, whose answer says nothing.
        let isLine = index > 0 && requests[index] != nil && requests[index - 1] === requests[index]
        if isLine { PQclear(answer.result) } else { answers.append((index, answer)) }
    }

    override func refused(_ index: Int, _ error: DatabaseError) {
        // Past the end it is the commit that was refused, and so is everybody.
        let refused = index < requests.count ? [requests[index]] : requests
        // What only has to be prepared anew goes again with the others.
        guard error.state?.isStale != true else { return }
        for case let request? in refused { request.fail(error) }
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

    /// What was sent may have been committed: nobody can tell, and a second line must not be written.
    override func lost(wasSent: Bool) {
        for (_, answer) in takeAnswers() { PQclear(answer.result) }
        guard wasSent else { return again() }
        for case let request? in requests { request.fail(DatabaseError.commitUnknown) }
    }

    private func again() {
        var last: ReadRequest?
        for case let request? in requests where request !== last {
            last = request
            lane.retry(request, or: .away)
        }
    }

    private func takeAnswers() -> [(index: Int, answer: Answer)] {
        defer { answers = [] }
        return answers
    }
}
