import EventLoop
import Vocabulary

/// All connections of one loop.
// Unchecked: touched only on its loop's thread; `Database` hands it out on that thread alone.
final class LoopPool: @unchecked Sendable {
    let loop: EventLoop
    let configuration: DatabaseConfiguration
    let reads: SharedLane
    let commits: SharedLane
    let writes: OwnedLane
    let slow: OwnedLane
    let platform: OwnedLane?
    let worker: OwnedLane?
    private let announcements: Announcements
    private var isStarted = false
    private var isClosed = false

    init(_ configuration: DatabaseConfiguration, on loop: EventLoop, _ reachability: Reachability) {
        (self.configuration, self.loop) = (configuration, loop)
        func info(_ deadline: Duration, isReadOnly: Bool) -> ConnectionInfo {
            let settings = ConnectionInfo.settings(deadline: deadline, isReadOnly: isReadOnly)
            return ConnectionInfo(
                url: configuration.url, password: configuration.password, settings: settings,
                patience: configuration.openingPatience)
        }
        reads = SharedLane(
            to: info(configuration.deadline, isReadOnly: true), on: loop,
            limit: configuration.sharedConnections,
            reachability: reachability, batchLimit: configuration.readsPerBatch,
            waitingLimit: configuration.waitingReads, depth: configuration.batchesInFlight)
        commits = SharedLane(
            to: info(configuration.deadline, isReadOnly: false), on: loop,
            limit: configuration.sharedConnections,
            reachability: reachability, batchLimit: configuration.readsPerBatch,
            waitingLimit: configuration.waitingReads, depth: 1, isCommitting: true)
        writes = OwnedLane(
            to: info(configuration.deadline, isReadOnly: false), on: loop,
            limit: configuration.ownedConnections,
            reachability: reachability, waitingLimit: configuration.waitingWrites)
        slow = OwnedLane(
            to: info(configuration.slowDeadline, isReadOnly: true), on: loop,
            limit: configuration.slowConnections,
            reachability: reachability, waitingLimit: configuration.waitingWrites, isReadOnly: true)
        let settings = ConnectionInfo.settings(deadline: configuration.slowDeadline, isReadOnly: false)
        func across(
            _ url: String?, _ password: String?, _ settings: [(name: String, value: String)]
        ) -> OwnedLane? {
            url.map { url in
                OwnedLane(
                    to: ConnectionInfo(
                        url: url, password: password, settings: settings,
                        patience: configuration.openingPatience),
                    on: loop, limit: 2, reachability: reachability, waitingLimit: 64)
            }
        }
        platform = across(configuration.platformURL, configuration.platformPassword, settings)
        worker = across(
            configuration.workerURL, configuration.workerPassword,
            settings + ConnectionInfo.indexesOnly)
        announcements = Announcements(on: loop)
    }

    private var lanes: [ConnectionSupply] {
        [reads, commits, writes, slow] + [platform, worker].compactMap(\.self)
    }

    /// Gathers at the end of every turn and keeps time, from the first use on.
    func start() {
        guard !isStarted else { return }
        isStarted = true
        loop.beforeWait { [weak self] in
            self?.reads.flush()
            self?.commits.flush()
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
    func read(_ sql: SQL, tenant: TenantID?) async throws -> Answer {
        try await share(SharedRequest(sql, tenant: tenant, deadline: soon), on: reads)
    }

    /// Statements that are committed together with those of other requests.
    func commit(_ first: SQL, _ others: [SQL], locks: [Int64] = [], tenant: TenantID) async throws -> Answer {
        try await share(
            SharedRequest(first, others, tenant: tenant, locks: locks, deadline: soon), on: commits)
    }

    /// Commits, and again while the failure is provably without trace.
    func once(_ first: SQL, _ others: [SQL], tenant: TenantID) async throws -> Answer {
        try await rerunning {
            do { return .success(try await commit(first, others, tenant: tenant)) } catch {
                let isUndone = (error as? DatabaseError)?.isProvablyUndone == true
                return .failure(error, tries: isUndone ? Self.triesOfUndone : 1)
            }
        }
    }

    /// Tells other processes of what was committed, a moment later and together with what others say.
    func announce(_ words: [Announcement]) {
        announcements.add(words) { [weak self] channel, text in
            guard let self else { return }
            if let carrier = configuration.carrier, await carrier.say(text, on: channel.description) {
                return
            }
            _ = try? ResultSet(await once([.notify(channel, text)], on: writes))
        }
    }

    /// Statements in one network write and one transaction of their own, on a connection of their own; the
    /// answer is that of the last one. Whoever needs a tenant sets it with the first.
    func once(_ statements: [SQL], on lane: OwnedLane) async throws -> Answer {
        try await rerunning {
            let session = OwnedSession(
                in: self, on: lane, prologue: statements.dropLast(), deadline: configuration.slowDeadline)
            defer { session.end() }
            do { return .success(try await session.runOnce(statements[statements.count - 1])) } catch {
                return .failure(error, tries: session.triesAllowed)
            }
        }
    }

    /// When an ordinary statement is given up.
    var soon: UInt64 { loop.now + configuration.deadline.milliseconds }

    private func share(_ request: SharedRequest, on lane: SharedLane) async throws -> Answer {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                // A cancellation after this line is served when this closure has returned, not before.
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                request.wait(continuation)
                lane.submit(request)
            }
        } onCancel: { [loop] in
            loop.execute { request.fail(CancellationError()) }
        }
    }
}
