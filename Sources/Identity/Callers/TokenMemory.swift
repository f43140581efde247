import Glibc
import Synchronization
import Vocabulary

/// What one loop remembers of tokens it has verified, so that a caller's next request costs a look instead of
/// a signature and a row.
///
/// Who has been read longer ago than `Age.stale` is read anew by whoever comes first; the others go on for a
/// moment. After `Age.forgotten` nobody does: that is the promise of five seconds, kept even when no notice
/// arrives. While the database proves some times a second that every notice has been heard, what is known
/// is as good as read just now, and the rows are looked at again only to be on the safe side: ten thousand
/// callers who are all at work would otherwise be read three thousand times a second.
final class TokenMemory: Sendable {
    /// How old the rows behind a caller may be.
    struct Age {
        let stale, forgotten: Duration

        static let unproven = Age(stale: .seconds(3), forgotten: .milliseconds(4500))
        static let proven = Age(stale: .seconds(60), forgotten: .seconds(90))
    }

    /// How long a proof holds, in milliseconds: with the time it takes to hear of a change, within five
    /// seconds.
    static let proofHolds: UInt64 = 3000
    static let entriesMax = 16_384

    /// A verified token, or a key, and whom it was found to stand for. A class, so that a look costs one
    /// reference.
    final class Known: Sendable {
        let token: [UInt8]
        let evidence: Evidence
        let caller: Caller
        /// When the rows that `caller` came from were asked for.
        let readAt: Instant

        init(_ token: [UInt8], _ evidence: Evidence, _ caller: Caller, readAt: Instant) {
            (self.token, self.evidence, self.caller, self.readAt) = (token, evidence, caller, readAt)
        }
    }

    /// What is known of a token.
    enum Finding: Sendable {
        /// Everything, freshly enough.
        case caller(Known)
        /// It is one of ours; whom it stands for has to be read.
        case verified(Evidence)
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
        /// Every notice said before this moment of the loops' clock has been heeded.
        var provenAt: UInt64?

        func age(at turn: UInt64) -> Age {
            provenAt.map { turn < $0 + TokenMemory.proofHolds } == true ? .proven : .unproven
        }
    }

    private let state = Mutex(State())

    var generation: Int { state.withLock { $0.generation } }

    /// Looks a token up by its last bytes, which are a signature's or a key's and so as good as random; the
    /// whole token is then compared. Whoever has not the right last bytes learns nothing from how long that
    /// takes. `turn` is the loop's clock.
    func find(_ token: UnsafeBufferPointer<UInt8>, at now: Instant, turn: UInt64) -> Finding {
        guard let key = Self.key(of: token) else { return .unknown }
        return state.withLock { state in
            guard let entry = state.entries[key], Self.equal(entry.known.token, token) else {
                return .unknown
            }
            let known = entry.known
            guard now < known.evidence.expiresAt, now >= known.readAt else { return .unknown }
            let (age, max) = (now - known.readAt, state.age(at: turn))
            guard age < max.forgotten else { return .verified(known.evidence) }
            guard age >= max.stale, now - entry.refreshedAt >= Age.unproven.stale else {
                return .caller(known)
            }
            state.entries[key]?.refreshedAt = now
            return .verified(known.evidence)
        }
    }

    /// Remembers whom a token stands for, as of rows asked for at `now`, unless something was forgotten since
    /// `generation`.
    func remember(
        _ token: [UInt8], _ evidence: Evidence, _ caller: Caller, at now: Instant, since generation: Int
    ) {
        guard let key = token.withUnsafeBufferPointer(Self.key) else { return }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.entries.count >= Self.entriesMax, state.entries[key] == nil {
                Self.makeRoom(in: &state, at: now)
            }
            let known = Known(token, evidence, caller, readAt: now)
            state.entries[key] = Entry(known: known, refreshedAt: now)
        }
    }

    /// Forgets everything known of a caller, and of the programs that they answer for: their rows have
    /// changed.
    func forget(_ caller: UniqueID) {
        state.withLock { state in
            state.generation += 1
            state.entries = state.entries.filter { !$0.value.known.caller.dependsOn(caller) }
        }
    }

    /// Every notice said before this moment of the loops' clock has been heeded.
    func prove(upTo moment: UInt64) { state.withLock { $0.provenAt = moment } }

    /// Forgets everything: notices may have been missed.
    func forgetAll() {
        state.withLock { state in
            state.generation += 1
            state.entries = [:]
            state.provenAt = nil
        }
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// Those that count no more go first, then every other one: no order would be fairer to strangers.
    private static func makeRoom(in state: inout State, at now: Instant) {
        state.entries = state.entries.filter { now < $0.value.known.evidence.expiresAt }
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
