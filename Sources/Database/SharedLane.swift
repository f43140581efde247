import EventLoop
import Vocabulary

/// The few connections that the requests of a loop share, if all their statements are known before the first
/// is sent.
///
/// Requests gather during a turn of the loop and leave before it waits: up to `batchLimit` of them in one
/// exchange, with one Sync, hence one network write, one transaction and one commit for all. libpq sends at
/// every Sync, so a Sync for each would cost a write for each (measured: see README). When one is refused,
/// the others are sent again, each in an exchange of its own. That is safe because reads change nothing and
/// an undone transaction has changed nothing, and bounded because a request is given up after a few tries.
final class SharedLane: ConnectionSupply {
    private let batchLimit: Int
    private let waitingLimit: Int
    /// Exchanges in flight for each connection: more than one, so that the server need not wait for us.
    private let depth: Int
    /// Whether requests write, so that nothing is answered before the commit.
    private let isCommitting: Bool
    private var waiting = Queue<SharedRequest>()

    init(
        to info: ConnectionInfo, on loop: EventLoop, limit: Int, reachability: Reachability,
        batchLimit: Int, waitingLimit: Int, depth: Int, isCommitting: Bool = false
    ) {
        self.isCommitting = isCommitting
        (self.batchLimit, self.waitingLimit, self.depth) = (batchLimit, waitingLimit, depth)
        super.init(to: info, on: loop, limit: limit, reachability: reachability)
    }

    /// What a batch's answers wait for.
    private func makeBatch(_ requests: [SharedRequest]) -> SharedBatch {
        isCommitting ? CommittedBatch(requests, for: self) : SharedBatch(requests, for: self)
    }

    /// Queues a request; it leaves before the loop waits again.
    func submit(_ request: SharedRequest) {
        guard waiting.count < waitingLimit, isHopeful else { return request.fail(DatabaseError.away) }
        waiting.append(request)
        if connections.count < limit { grow() }
    }

    /// Sends what has gathered to the connections that have room.
    func flush() { send(patiently: isCommitting) }

    /// Patience makes fewer commits of more requests: while one is under way, only a full batch leaves
    /// beside it.
    private func send(patiently: Bool) {
        while !waiting.isEmpty, let connection = leastLoaded() {
            if patiently, waiting.count < batchLimit, isBusy { return }
            let batch = takeBatch()
            guard !batch.isEmpty else { continue }
            connection.send(makeBatch(batch))
        }
    }

    override func tick() {
        super.tick()
        while let first = waiting.first, !first.isWanted || first.deadline <= loop.now {
            waiting.popFirst()?.fail(DatabaseError.timeout)
        }
        if !waiting.isEmpty, connections.isEmpty { grow() }
        // One that waits for somebody's lock must not keep the others waiting.
        send(patiently: false)
    }

    override func accept(_ connection: Connection) { flush() }

    override func remove(_ connection: Connection) {
        guard !waiting.isEmpty else { return }
        if isHopeful { return grow() }
        for request in waiting.removeAll() { request.fail(DatabaseError.away) }
    }

    override func drained(_ connection: Connection) { flush() }

    /// Sends a request again that failed through no fault of its own: once, and once more for each connection
    /// that may have died with the first, since a cut is known only to whoever uses the connection.
    func retry(_ request: SharedRequest, or error: DatabaseError) {
        guard request.isWanted else { return }
        guard request.deadline > loop.now else { return request.fail(DatabaseError.timeout) }
        request.failures += 1
        guard request.failures <= (error == .away ? limit + 1 : 1) else { return request.fail(error) }
        submit(request)
    }

    private var isBusy: Bool { connections.contains { $0.load > 0 } }

    private func leastLoaded() -> Connection? {
        var best: Connection?
        for connection in connections where connection.load < (best?.load ?? depth) { best = connection }
        return best
    }

    private func takeBatch() -> [SharedRequest] {
        var batch: [SharedRequest] = []
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
