import Synchronization
public import Vocabulary

/// What is remembered, and for which clinic: there is no key without one.
public struct CacheKey: Sendable, Hashable {
    /// The clinic whose it is.
    public let tenant: TenantID
    /// What sort of thing: `directory`.
    public let kind: String
    /// Which of them.
    public let name: String

    /// A clinic's thing of a kind by a name.
    public init(_ kind: StaticString, _ name: String, of tenant: TenantID) {
        (self.tenant, self.kind, self.name) = (tenant, kind.description, name)
    }

    /// Longer values are not worth the way.
    static let valueMax = 512 << 10

    var text: String { "nadi:cache:\(tenant.number):\(kind):\(name)" }
}

/// Remembers what can be found out again. Never the only place of anything, never a patient's data.
public protocol Cache: Sendable {
    /// What is remembered; nil when nothing is, or nobody answers in time.
    nonisolated(nonsending) func value(of key: CacheKey) async -> [UInt8]?
    /// Remembers a value for so long at most. What is too long is not remembered.
    nonisolated(nonsending) func keep(_ value: [UInt8], as key: CacheKey, for lifetime: Duration) async
    /// Forgets what is remembered.
    nonisolated(nonsending) func forget(_ key: CacheKey) async
}

/// The memory of this process alone: bounded, and forgetful of what would end first.
public final class MemoryCache: Cache {
    private struct Entry {
        let value: [UInt8]
        let end: ContinuousClock.Instant
    }

    private let bytesMax: Int
    private let state = Mutex((entries: [CacheKey: Entry](), bytes: 0))

    /// Room for so many bytes of values in all.
    public init(bytesMax: Int = 16 << 20) { self.bytesMax = bytesMax }

    /// What is remembered.
    public nonisolated(nonsending) func value(of key: CacheKey) async -> [UInt8]? {
        state.withLock { state in
            guard let entry = state.entries[key], entry.end > .now else { return nil }
            return entry.value
        }
    }

    /// Remembers a value for so long at most.
    public nonisolated(nonsending) func keep(
        _ value: [UInt8], as key: CacheKey, for lifetime: Duration
    ) async {
        guard value.count <= CacheKey.valueMax else { return await forget(key) }
        state.withLock { state in
            Self.drop(key, &state)
            if state.bytes + value.count > bytesMax { Self.makeRoom(for: bytesMax / 2, &state) }
            state.entries[key] = Entry(value: value, end: .now + lifetime)
            state.bytes += value.count
        }
    }

    /// Forgets what is remembered.
    public nonisolated(nonsending) func forget(_ key: CacheKey) async {
        state.withLock { Self.drop(key, &$0) }
    }

    private typealias State = (entries: [CacheKey: Entry], bytes: Int)

    private static func drop(_ key: CacheKey, _ state: inout State) {
        if let old = state.entries.removeValue(forKey: key) { state.bytes -= old.value.count }
    }

    /// Down to half, those that end first: so that room is not made again for each that comes.
    private static func makeRoom(for bytes: Int, _ state: inout State) {
        for (key, _) in state.entries.sorted(by: { $0.value.end < $1.value.end }) where state.bytes > bytes {
            drop(key, &state)
        }
    }
}
