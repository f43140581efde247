public import Database
public import EventLoop
public import Outbox
import Synchronization
public import Telemetry
public import Vocabulary

/// Everything that follows and is followed on this instance.
public final class LiveHub: Sendable {
    /// So many streams a caller may hold open on one instance.
    static let perCallerMax = 100

    let relay: Relay
    let names: EventNames
    private let locals: [LoopFollowers]
    private let database: Database
    private let open: Gauge
    private let perCaller = Mutex<[UniqueID: Int]>([:])

    /// A hub on these loops; `run` brings it to life.
    public init(
        _ database: Database, naming names: EventNames, loops: [EventLoop], clock: WallClock, metrics: Metrics
    ) {
        let locals = loops.map { LoopFollowers(on: $0, clock: clock) }
        let told = metrics.counter("nadi_live_events_total", "Events read from the outbox for followers.")
        relay = Relay(on: loops[0], database, naming: names, to: locals, told: told)
        open = metrics.gauge("nadi_live_followers", "Streams of events that are open.")
        (self.locals, self.database, self.names) = (locals, database, names)
    }

    /// Listens and reads until its task is cancelled.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: relay.loop) { await self.relay.run() }
            group.addTask(executorPreference: relay.loop) { await self.heedEvents() }
            group.addTask(executorPreference: relay.loop) { await self.heedCallers() }
            group.addTask(executorPreference: relay.loop) { await self.heedTenants() }
        }
    }

    /// Says goodbye to everybody, each with a moment of their own to come back at.
    public func drain() {
        for local in locals { local.loop.execute { local.assumeIsolated { $0.drain() } } }
    }

    /// The followers of the loop that this runs on.
    var local: LoopFollowers { locals.first { $0.loop.isCurrent } ?? locals[0] }

    /// Whether the caller may open one more.
    func admit(_ caller: UniqueID) -> Bool {
        let isAdmitted = perCaller.withLock { counts in
            guard counts[caller, default: 0] < Self.perCallerMax else { return false }
            counts[caller, default: 0] += 1
            return true
        }
        if isAdmitted { open.add(1) }
        return isAdmitted
    }

    func dismiss(_ caller: UniqueID) {
        open.add(-1)
        perCaller.withLock { counts in
            counts[caller, default: 1] -= 1
            if counts[caller] == 0 { counts[caller] = nil }
        }
    }
}

extension LiveHub {
    private func heedEvents() async {
        for await notice in database.notifications.subscribe(to: Outbox.channel) {
            if case .payload(let text) = notice {
                await relay.heed(
                    text.split(separator: ",").compactMap { Int32($0).map(TenantID.init(number:)) })
            } else {
                await relay.heed(nil)
            }
        }
    }

    /// Whoever's rows change is looked at again before anything more is told.
    private func heedCallers() async {
        for await notice in database.notifications.subscribe(to: "identity_changed") {
            if case .payload(let text) = notice, let id = UniqueID(uuidText: text) {
                check { _, caller in caller == id }
            } else {
                check { _, _ in true }
            }
        }
    }

    private func heedTenants() async {
        for await notice in database.notifications.subscribe(to: "tenant_changed") {
            if case .payload(let text) = notice, text.hasPrefix("tenant "),
                let number = Int32(text.dropFirst(7))
            {
                check { tenant, _ in tenant.number == number }
            } else {
                check { _, _ in true }
            }
        }
    }

    private func check(where isMeant: @escaping @Sendable (TenantID, UniqueID) -> Bool) {
        for local in locals { local.loop.execute { local.assumeIsolated { $0.check(where: isMeant) } } }
    }
}
