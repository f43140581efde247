import CLibPQ
import EventLoop
import Vocabulary

/// The few connections that the one-shot reads of a loop share.
///
/// Reads gather during a turn of the loop and leave before it waits: up to `batchLimit` of them in one
/// exchange, with one Sync, hence one network write and one transaction for all. libpq sends at every Sync,
/// so a Sync for each read would cost a write for each (measured: see README). When a read is refused, the
/// server skips those behind it; they are sent again, each in an exchange of its own. That is safe because
/// these connections are read-only, and bounded because a read is given up after a few tries.
final class ReadLane: ConnectionSupply {
    private let batchLimit: Int
    private let waitingLimit: Int
    /// Exchanges in flight for each connection: more than one, so that the server need not wait for us.
    private let depth: Int
    private var waiting = Queue<ReadRequest>()

    init(
        to info: ConnectionInfo, on loop: EventLoop, limit: Int, reachability: Reachability,
        batchLimit: Int, waitingLimit: Int, depth: Int
    ) {
        (self.batchLimit, self.waitingLimit, self.depth) = (batchLimit, waitingLimit, depth)
        super.init(to: info, on: loop, limit: limit, reachability: reachability)
    }

    /// Queues a read; it leaves before the loop waits again.
    func submit(_ request: ReadRequest) {
        guard waiting.count < waitingLimit, isHopeful else { return request.fail(DatabaseError.away) }
        waiting.append(request)
        if connections.count < limit { grow() }
    }

    /// Sends what has gathered to the connections that have room.
    func flush() {
        while !waiting.isEmpty, let connection = leastLoaded() {
            let batch = takeBatch()
            guard !batch.isEmpty else { continue }
            connection.send(ReadBatch(batch, for: self))
        }
    }

    override func tick() {
        super.tick()
        while let first = waiting.first, !first.isWanted || first.deadline <= loop.now {
            waiting.popFirst()?.fail(DatabaseError.timeout)
        }
        if !waiting.isEmpty, connections.isEmpty { grow() }
    }

    override func accept(_ connection: Connection) { flush() }

    override func remove(_ connection: Connection) {
        guard connections.isEmpty, !isHopeful else { return }
        for request in waiting.removeAll() { request.fail(DatabaseError.away) }
    }

    override func drained(_ connection: Connection) { flush() }

    /// Sends a read again that failed through no fault of its own: once, and once more for each connection
    /// that may have died with the first, since a cut is known only to whoever uses the connection.
    func retry(_ request: ReadRequest, or error: DatabaseError) {
        guard request.isWanted else { return }
        guard request.deadline > loop.now else { return request.fail(DatabaseError.timeout) }
        request.failures += 1
        guard request.failures <= (error == .away ? limit + 1 : 1) else { return request.fail(error) }
        submit(request)
    }

    private func leastLoaded() -> Connection? {
        var best: Connection?
        for connection in connections where connection.load < (best?.load ?? depth) { best = connection }
        return best
    }

    private func takeBatch() -> [ReadRequest] {
        var batch: [ReadRequest] = []
        while batch.count < batchLimit, let next = waiting.first {
            guard batch.isEmpty || next.failures == 0 else { break }
            _ = waiting.popFirst()
            guard next.isWanted else { continue }
            batch.append(next)
            if next.failures > 0 { break }
        }
        return batch
    }
}

/// Reads of several requests, each preceded by its tenant: no statement runs under a neighbour's.
private final class ReadBatch: Exchange {
    private let requests: [ReadRequest?]
    private unowned let lane: ReadLane

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
