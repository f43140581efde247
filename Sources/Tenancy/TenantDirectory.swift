public import Database
import Synchronization
import Vocabulary

/// Host to clinic, for every request: from memory as long as nobody changed anything.
///
/// Whoever changes a clinic says so in the transaction that changes it; every instance forgets the clinic
/// then, and forgets everything whenever it may have missed a notice.
public final class TenantDirectory: Sendable {
    /// Whose host it is.
    public enum Found: Sendable {
        /// The platform's own: the base domain itself.
        case platform
        /// A clinic's.
        case clinic(Tenant)
        /// Nobody's, or a suspended clinic's: the two answer alike.
        case nobody
    }

    /// How much is remembered and for how long.
    public struct Limits: Sendable {
        /// Clinics in memory.
        public var clinicsMax = 20_000
        /// Hosts of nobody in memory.
        public var strangersMax = 4_096
        /// The longest that anything is believed without having been read again.
        public var ageMax = Duration.seconds(300)

        /// Enough for ten thousand clinics.
        public init() {}
    }

    let database: Database
    let shelf: VisitTypeShelf
    let zones: ZoneFiles
    private let base: HostName
    private let ageMax: Duration
    private let state: Mutex<State>

    private struct State {
        var memory: TenantMemory
        var waiting: [HostName: [CheckedContinuation<Tenant?, any Error>]] = [:]
    }

    /// A directory of the clinics below a base domain and on domains of their own.
    public init(
        _ database: Database, baseDomain: HostName, shelf: VisitTypeShelf,
        zones: ZoneFiles = ZoneFiles(),
        limits: Limits = Limits()
    ) {
        (self.database, base, self.shelf, self.zones) = (database, baseDomain, shelf, zones)
        ageMax = limits.ageMax
        state = Mutex(
            State(memory: TenantMemory(clinicsMax: limits.clinicsMax, strangersMax: limits.strangersMax)))
    }

    /// Whose host the field `Host` names.
    public func find(_ field: String) async throws -> Found {
        guard let host = HostName(field: field) else { return .nobody }
        if host == base { return .platform }
        if let reading = remembered(host) { return reading.tenant.map(Found.clinic) ?? .nobody }
        return try await readOnce(host).map(Found.clinic) ?? .nobody
    }

    /// Forgets what others change. Runs until its task is cancelled or the database is closed.
    public func listen() async {
        for await notice in database.notifications.subscribe(to: "tenant_changed") { heed(notice) }
    }

    /// Applies one notice: `tenant 12`, `organisation 0192…`; whatever cannot be read forgets everything.
    func heed(_ notice: Notice) {
        guard case .payload(let payload) = notice else { return state.withLock { $0.memory.forgetAll() } }
        let words = payload.split(separator: " ")
        switch (words.first, words.last) {
        case ("tenant"?, let number?) where Int32(number) != nil:
            state.withLock { $0.memory.forget { $0.id.number == Int32(number) } }
        case ("organisation"?, let text?) where UniqueID(uuidText: text) != nil:
            state.withLock { $0.memory.forget { $0.organisation?.unique == UniqueID(uuidText: text) } }
        default:
            state.withLock { $0.memory.forgetAll() }
        }
    }

    private func remembered(_ host: HostName) -> TenantMemory.Reading? {
        guard let reading = state.withLock({ $0.memory.reading(for: host) }),
            reading.readAt.duration(to: .now) < ageMax
        else { return nil }
        return reading
    }

    /// Of many requests that miss the same host, one reads and the others wait for it.
    private func readOnce(_ host: HostName) async throws -> Tenant? {
        while true {
            let generation: Int? = state.withLock { state in
                guard state.waiting[host] == nil else { return nil }
                state.waiting[host] = []
                return state.memory.generation
            }
            if let generation { return try await read(host, since: generation) }
            do {
                return try await reading(of: host)
            } catch is CancellationError {
                // The one who read was cancelled, which is no reason for this one to give up.
                try Task.checkCancellation()
            }
        }
    }

    private func read(_ host: HostName, since generation: Int) async throws -> Tenant? {
        let began = ContinuousClock.now
        do {
            let tenant = try await tenant(at: host, below: base)
            settle(host, .success(tenant)) { memory in
                if memory.generation == generation {
                    memory.keep(TenantMemory.Reading(tenant: tenant, readAt: began), for: host)
                }
            }
            return tenant
        } catch {
            settle(host, .failure(error)) { _ in }
            throw error
        }
    }

    private func settle(
        _ host: HostName, _ outcome: Result<Tenant?, any Error>, _ keep: (inout TenantMemory) -> Void
    ) {
        let waiting = state.withLock { state in
            keep(&state.memory)
            return state.waiting.removeValue(forKey: host) ?? []
        }
        for continuation in waiting { continuation.resume(with: outcome) }
    }

    /// What the one who reads finds. When nobody reads any more by now, whoever comes in here reads anew.
    private func reading(of host: HostName) async throws -> Tenant? {
        try await withCheckedThrowingContinuation { continuation in
            let isLate = state.withLock { state in
                state.waiting[host]?.append(continuation)
                return state.waiting[host] == nil
            }
            if isLate { continuation.resume(throwing: CancellationError()) }
        }
    }
}
