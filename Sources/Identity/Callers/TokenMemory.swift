import Glibc
import Synchronization
import Vocabulary

/// What one loop remembers of tokens it has verified, so that a caller's next request costs a look instead of
/// a signature and a row.
///
/// Who has been read longer ago than `staleAfter` is read anew by whoever comes first; the others go on for a
/// moment. After `forgetAfter` nobody does: that is the promise of five seconds, kept even when no notice
/// arrives.
final class TokenMemory: Sendable {
    static let staleAfter = Duration.seconds(3)
    static let forgetAfter = Duration.milliseconds(4500)
    static let entriesMax = 4096

    /// A verified token and whom it was found to stand for. A class, so that a look costs one reference.
    final class Known: Sendable {
        let token: [UInt8]
        let content: AccessToken
        let caller: Caller
        /// When the rows that `caller` came from were asked for.
        let readAt: Instant

        init(_ token: [UInt8], _ content: AccessToken, _ caller: Caller, readAt: Instant) {
            (self.token, self.content, self.caller, self.readAt) = (token, content, caller, readAt)
        }
    }

    /// What is known of a token.
    enum Finding: Sendable {
        /// Everything, freshly enough.
        case caller(Known)
        /// It is one of ours; whom it stands for has to be read.
        case verified(AccessToken)
        /// Nothing.
        case unknown
    }

    private struct Entry {
        let known: Known
        /// When somebody set out to read the rows again.
        var refreshedAt: Instant
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        /// Moves whenever something was forgotten: what was read before may be what was to be forgotten.
        var generation = 0
    }

    private let state = Mutex(State())

    var generation: Int { state.withLock { $0.generation } }

    /// Looks a token up by its last bytes, which are a signature's and so as good as random; the whole token
    /// is then compared. Whoever has not the right last bytes learns nothing from how long that takes.
    func find(_ token: UnsafeBufferPointer<UInt8>, at now: Instant) -> Finding {
        guard let key = Self.key(of: token) else { return .unknown }
        return state.withLock { state in
            guard let entry = state.entries[key], Self.equal(entry.known.token, token) else {
                return .unknown
            }
            let known = entry.known
            guard now < known.content.expiresAt, now >= known.readAt else { return .unknown }
            let age = now - known.readAt
            guard age < Self.forgetAfter else { return .verified(known.content) }
            guard age >= Self.staleAfter, now - entry.refreshedAt >= Self.staleAfter else {
                return .caller(known)
            }
            state.entries[key]?.refreshedAt = now
            return .verified(known.content)
        }
    }

    /// Remembers whom a token stands for, as of rows asked for at `now`, unless something was forgotten since
    /// `generation`.
    func remember(
        _ token: [UInt8], _ content: AccessToken, _ caller: Caller, at now: Instant, since generation: Int
    ) {
        guard let key = token.withUnsafeBufferPointer(Self.key) else { return }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.entries.count >= Self.entriesMax, state.entries[key] == nil {
                Self.makeRoom(in: &state, at: now)
            }
            let known = Known(token, content, caller, readAt: now)
            state.entries[key] = Entry(known: known, refreshedAt: now)
        }
    }

    /// Forgets everything known of a caller: their rows have changed.
    func forget(_ caller: UniqueID) {
        state.withLock { state in
            state.generation += 1
            state.entries = state.entries.filter { $0.value.known.caller.id != caller }
        }
    }

    /// Forgets everything: notices may have been missed.
    func forgetAll() {
        state.withLock { state in
            state.generation += 1
            state.entries = [:]
        }
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// Those not read lately go first, then every other one: no order would be fairer to strangers.
    private static func makeRoom(in state: inout State, at now: Instant) {
        state.entries = state.entries.filter { now - $0.value.known.readAt < forgetAfter }
        guard state.entries.count >= entriesMax else { return }
        var keeps = false
        state.entries = state.entries.filter { _ in
            keeps.toggle()
            return keeps
        }
    }

    private static func key(of token: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard token.count >= 8 else { return nil }
        return UnsafeRawBufferPointer(token).loadUnaligned(fromByteOffset: token.count - 8, as: UInt64.self)
    }

    private static func equal(_ known: [UInt8], _ token: UnsafeBufferPointer<UInt8>) -> Bool {
        guard known.count == token.count, let start = token.baseAddress else { return false }
        return memcmp(known, start, token.count) == 0
    }
}
