import Database
import EventLoop
import Outbox
import Telemetry
import Vocabulary

/// Reads what has happened, once for this instance, and hands it to the loops.
///
/// A notice is a wake-up. For a moment after it the clinic is read again, because an event shows only once no
/// older transaction is under way; and everything followed is read once a second, because a notice may be
/// lost. Lives on one loop.
actor Relay {
    /// How long after a notice a clinic is read again, and how often.
    private static let attention: UInt64 = 300
    private static let attentivePause = Duration.milliseconds(50)
    private static let calmPause = Duration.seconds(1)
    private static let batch = 500

    private struct Followed {
        var position: OutboxPosition
        var followers = 1
        var attentiveUntil: UInt64 = 0
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.serial.asUnownedSerialExecutor() }
    private let database: Database
    private let names: EventNames
    private let locals: [LoopFollowers]
    private let told: Counter
    private var followed: [TenantID: Followed] = [:]
    private var waiter: UnsafeContinuation<Void, Never>?
    private var isWoken = false
    private var calmReadAt: UInt64 = 0

    init(
        on loop: EventLoop, _ database: Database, naming names: EventNames, to locals: [LoopFollowers],
        told: Counter
    ) {
        (self.loop, self.database, self.names) = (loop, database, names)
        (self.locals, self.told) = (locals, told)
    }

    /// Begins to read a clinic for one follower more. Everything after the position will be told.
    ///
    /// Crosses by `perform`, whose waiter always wakes at home: called as an actor's function from another
    /// loop, release builds of Swift 6.3.1 let the caller go on in this loop's thread.
    nonisolated func join(_ tenant: TenantID) async throws -> OutboxPosition {
        try await loop.perform { try await self.admit(tenant) }
    }

    /// One follower less.
    nonisolated func leave(_ tenant: TenantID) {
        loop.execute { self.assumeIsolated { _ = $0.count(-1, in: tenant) } }
    }

    private func admit(_ tenant: TenantID) async throws -> OutboxPosition {
        if let known = count(1, in: tenant) { return known }
        let now = try await Outbox.now(in: database)
        // Somebody else may have come first meanwhile; then their position counts.
        if let known = count(1, in: tenant) { return known }
        followed[tenant] = Followed(position: now)
        wake()
        return now
    }

    private func count(_ change: Int, in tenant: TenantID) -> OutboxPosition? {
        guard var entry = followed[tenant] else { return nil }
        entry.followers += change
        followed[tenant] = entry.followers > 0 ? entry : nil
        return entry.position
    }

    /// Somebody said that something has happened in these clinics; nil for all of them.
    func heed(_ tenants: [TenantID]?) {
        for tenant in tenants ?? Array(followed.keys) {
            followed[tenant]?.attentiveUntil = loop.now + Self.attention
        }
        wake()
    }

    /// Reads until its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let due = dueTenants()
            do {
                while try await read(due) {}
                await pause(due.isEmpty && followed.isEmpty ? nil : nextPause)
            } catch {
                // The database is away: the positions stay, and nothing is missed when it is back.
                await pause(Self.calmPause)
            }
        }
    }

    private var nextPause: Duration {
        followed.values.contains { $0.attentiveUntil > loop.now } ? Self.attentivePause : Self.calmPause
    }

    /// Those that were heard of lately; once a second all.
    private func dueTenants() -> [TenantID] {
        let now = loop.now
        guard now < calmReadAt + 1_000 else {
            calmReadAt = now
            return Array(followed.keys)
        }
        return followed.filter { $0.value.attentiveUntil > now }.map(\.key)
    }

    /// True when there may be more at once.
    private func read(_ tenants: [TenantID]) async throws -> Bool {
        let positions = followed.filter { tenants.contains($0.key) }.mapValues(\.position)
        guard !positions.isEmpty else { return false }
        let events = try await Outbox.after(positions, in: database, limit: Self.batch)
        var isFull = false
        for (tenant, events) in Dictionary(grouping: events, by: \.tenant) {
            guard let last = events.last?.position else { continue }
            followed[tenant]?.position = last
            isFull = isFull || events.count == Self.batch
            hand(events.compactMap { LiveEvent($0, names) }, of: tenant, upTo: last)
        }
        return isFull
    }

    private func hand(_ events: [LiveEvent], of tenant: TenantID, upTo position: OutboxPosition) {
        told.add(UInt64(events.count))
        for local in locals {
            local.loop.execute { local.assumeIsolated { $0.tell(events, of: tenant, upTo: position) } }
        }
    }

    private func wake() {
        isWoken = true
        guard let waiter else { return }
        self.waiter = nil
        waiter.resume()
    }

    /// Until woken, or until the time is up; with nobody to tell, until somebody comes.
    private func pause(_ time: Duration?) async {
        let timer = time.map {
            loop.schedule(after: $0) { [weak self] in self?.assumeIsolated { $0.wake() } }
        }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if isWoken || Task.isCancelled { continuation.resume() } else { waiter = continuation }
            }
        } onCancel: {
            loop.execute { [weak self] in self?.assumeIsolated { $0.wake() } }
        }
        isWoken = false
        if let timer { loop.cancel(timer) }
    }
}
