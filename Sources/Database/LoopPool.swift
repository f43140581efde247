import EventLoop
import Vocabulary

/// All connections of one loop.
// Unchecked: touched only on its loop's thread; `Database` hands it out on that thread alone.
final class LoopPool: @unchecked Sendable {
    let loop: EventLoop
    let configuration: DatabaseConfiguration
    let reads: ReadLane
    let recordedReads: ReadLane
    let writes: OwnedLane
    let slow: OwnedLane
    let platform: OwnedLane?
    private var isStarted = false
    private var isClosed = false

    init(_ configuration: DatabaseConfiguration, on loop: EventLoop, _ reachability: Reachability) {
        (self.configuration, self.loop) = (configuration, loop)
        func info(_ deadline: Duration, isReadOnly: Bool) -> ConnectionInfo {
            let settings = ConnectionInfo.settings(deadline: deadline, isReadOnly: isReadOnly)
            return ConnectionInfo(
                url: configuration.url, password: configuration.password, settings: settings)
        }
        reads = ReadLane(
            to: info(configuration.deadline, isReadOnly: true), on: loop,
            limit: configuration.sharedConnections,
            reachability: reachability, batchLimit: configuration.readsPerBatch,
            waitingLimit: configuration.waitingReads, depth: configuration.batchesInFlight)
        recordedReads = ReadLane(
            to: info(configuration.deadline, isReadOnly: false), on: loop,
            limit: configuration.sharedConnections,
            reachability: reachability, batchLimit: configuration.readsPerBatch,
            waitingLimit: configuration.waitingReads, depth: 1, isRecording: true)
        writes = OwnedLane(
            to: info(configuration.deadline, isReadOnly: false), on: loop,
            limit: configuration.ownedConnections,
            reachability: reachability, waitingLimit: configuration.waitingWrites)
        slow = OwnedLane(
            to: info(configuration.slowDeadline, isReadOnly: true), on: loop,
            limit: configuration.slowConnections,
            reachability: reachability, waitingLimit: configuration.waitingWrites)
        let settings = ConnectionInfo.settings(deadline: configuration.slowDeadline, isReadOnly: false)
        platform = configuration.platformURL.map { url in
            OwnedLane(
                to: ConnectionInfo(url: url, password: configuration.platformPassword, settings: settings),
                on: loop, limit: 2, reachability: reachability, waitingLimit: 64)
        }
    }

    private var lanes: [ConnectionSupply] {
        [reads, recordedReads, writes, slow] + (platform.map { [$0] } ?? [])
    }

    /// Gathers at the end of every turn and keeps time, from the first use on.
    func start() {
        guard !isStarted else { return }
        isStarted = true
        loop.beforeWait { [weak self] in
            self?.reads.flush()
            self?.recordedReads.flush()
        }
        keepTime()
    }

    func close() {
        isClosed = true
        for lane in lanes { lane.close() }
    }

    private func keepTime() {
        loop.schedule(after: .milliseconds(100)) { [weak self] in
            guard let self, !isClosed else { return }
            for lane in lanes { lane.tick() }
            keepTime()
        }
    }

    /// A read on a shared connection. A cancelled one is dropped if it has not left, and its answer if it
    /// has.
    func read(_ sql: SQL, recording line: SQL? = nil, tenant: TenantID?) async throws -> Answer {
        try Task.checkCancellation()
        let deadline = loop.now + configuration.deadline.milliseconds
        let box = ReadBox()
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                // A cancellation after this line is served when this closure has returned, not before.
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                let request = ReadRequest(sql, line: line, tenant: tenant, deadline: deadline, continuation)
                box.request = request
                (line == nil ? reads : recordedReads).submit(request)
            }
        } onCancel: { [loop] in
            loop.execute { box.request?.fail(CancellationError()) }
        }
    }

    /// An implicit transaction on a connection of its own, in one network write.
    func once(_ statements: [SQL], tenant: TenantID?, isSlowRead: Bool = false) async throws -> Answer {
        let lane = isSlowRead ? slow : writes
        let deadline = isSlowRead ? configuration.slowDeadline : configuration.deadline
        return try await rerunning {
            let connection = try await lane.checkOut(by: loop.now + configuration.deadline.milliseconds)
            let session = OwnedSession(on: connection, prologue: [.confine(to: tenant)], deadline: deadline)
            defer { lane.giveBack(connection) }
            do { return .success(try await session.runOnce(statements)) } catch {
                return .failure(error, isProvablyUndone: session.isProvablyUndone)
            }
        }
    }
}

/// Where a cancellation finds the read that it belongs to.
// Unchecked: touched only on its loop's thread.
private final class ReadBox: @unchecked Sendable {
    var request: ReadRequest?
}
